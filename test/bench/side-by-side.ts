/**
 * `npm run bench`: Tenantry beside Terraform and beside one Pulumi stack for everything, on the same servers, for the same
 * tenants. Prints times, peak memory and ratios as a table; `--chart` draws them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import pLimit from "p-limit";
import { z } from "zod";
import { serverLocale } from "../../providers/postgresql/locale.ts";
import { StreamProgress } from "../../report/progress.ts";
import { ensureToolchain } from "../../toolchain/toolchain.ts";
import { Project } from "../support/project.ts";
import { startTestServers, stopTestServers } from "../support/servers.ts";
import { chart } from "./side-by-side/chart.ts";
import type { Contender } from "./side-by-side/contender.ts";
import { race } from "./side-by-side/race.ts";
import { OneStack } from "./side-by-side/one-stack.ts";
import { growth, table } from "./side-by-side/print.ts";
import { Tenantry } from "./side-by-side/tenantry.ts";
import { Terraform } from "./side-by-side/terraform.ts";
import { validation } from "./side-by-side/validation.ts";

const list = (text: string): string[] => text.split(",").map((each) => each.trim());
const options = z
  .object({
    contenders: z.array(z.enum(["tenantry", "terraform", "one-stack"])),
    cases: z.array(z.enum(["one new", "20 new", "one more", "nothing", "drift", "validate"])),
    fleets: z.array(z.coerce.number<string>().int().positive()),
    oneStackUpTo: z.coerce.number<string>().int(),
    rounds: z.coerce.number<string>().int().positive(),
    chart: z.string().optional(),
  })
  .parse(
    new Command("bench")
      .option("--contenders <names>", "which", list, ["tenantry", "terraform", "one-stack"])
      .option("--cases <kinds>", "which", list, [
        "one new",
        "20 new",
        "one more",
        "nothing",
        "drift",
        "validate",
      ])
      .option("--fleets <sizes>", "of which sizes", list, ["10", "30", "100"])
      .option(
        "--one-stack-up-to <size>",
        "one stack writes all of its state at every step: larger takes long",
        "30",
      )
      .option("--rounds <number>", "how often a new tenant is added; the median counts", "3")
      .option("--chart <file>", "draw the results as SVG into this file")
      .parse()
      .opts(),
  );

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => interrupted.abort(new Error("interrupted")));

const progress = new StreamProgress();
await ensureToolchain(progress);
await startTestServers({ progress });
const servers = new Project("bench-servers");
const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
const touched = new Set<string>();
try {
  const course = { ...options, kinds: new Set<string>(options.cases) };
  const heats = await race((await contenders()).map(noting), course, progress, wipe);
  console.log(`\n${table(heats)}`);
  const off = growth(heats);
  if (off !== undefined)
    console.log(
      `\none more in the largest fleet takes ${percent(off)} of the time at 30 (wanted: within 15 %)`,
    );
  if (options.cases.includes("validate")) console.log(`\n${await validation(progress, interrupted.signal)}`);
  if (options.chart !== undefined) writeFileSync(options.chart, chart(heats));
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  console.error("interrupted");
  process.exitCode = 130;
} finally {
  await progress.step("cleaning up", () => wipe([...touched]));
  rmSync(folder, { recursive: true, force: true });
  await stopTestServers(progress);
}

async function contenders(): Promise<Contender[]> {
  const { environment } = servers;
  const { signal } = interrupted;
  const all = {
    tenantry: () => new Tenantry(signal),
    terraform: async () =>
      new Terraform({ environment, locale: await serverLocale(environment), folder, signal }),
    "one-stack": () => new OneStack(signal),
  };
  return Promise.all(options.contenders.map(async (name) => all[name]()));
}

/** Remembers whom to take off the servers, however this ends. */
function noting(contender: Contender): Contender {
  const write = contender.write.bind(contender);
  contender.write = (ids) => {
    for (const id of ids) touched.add(id);
    write(ids);
  };
  return contender;
}

async function wipe(ids: readonly string[]): Promise<void> {
  const limit = pLimit(4);
  await Promise.all(ids.map((id) => limit(() => servers.wipe(id))));
  for (const id of ids) touched.delete(id);
}

function percent(share: number): string {
  return `${Math.round((1 + share) * 100)} %`;
}
