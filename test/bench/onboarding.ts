/**
 * `npm run bench:person`: one more person over all services, on the tests' servers. Prints for each system how long its own
 * answers took, then how long `up` took beside their sum, and beside the time in which any server was at work: with
 * everything at once as far as one thing needs another, an `up` can't be quicker than that.
 */
import { stringify, parse } from "yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StreamProgress } from "../../report/progress.ts";
import { ensureToolchain } from "../../toolchain/toolchain.ts";
import { Project, repository } from "../support/project.ts";
import { optionalServers, startTestServers, stopTestServers } from "../support/servers.ts";
import { covered, sum, TimingProxy } from "./timing-proxy.ts";

const id = "bench-one";
const rounds = 3;
const systems = ["postgres", "keycloak", "mattermost", "coder", "gitea", "twenty", "mail"] as const;
type SystemName = (typeof systems)[number];

/** Some servers have an address for people, others a host and a port. */
const address = z.looseObject({
  url: z.string().optional(),
  host: z.string().optional(),
  port: z.int().optional(),
});
const environment = z.record(z.enum(systems), address);

const progress = new StreamProgress();
await ensureToolchain(progress);
await startTestServers({ with: optionalServers, progress });
const project = new Project("bench", { systems: ["mattermost", "coder", "gitea", "twenty", "mail"] });
await project.wipe(id);
const proxies = await throughProxies();
const tenant = readFileSync(join(repository, "tenants", "acme.yaml"), "utf8").replaceAll("acme", id);
try {
  const first = await up(tenant);
  console.log(`\nthe tenant with its first six people: ${seconds(first.took)}\n`);
  const runs: Awaited<ReturnType<typeof up>>[] = [];
  for (let round = 1; round <= rounds; round += 1) runs.push(await up(withPeople(round)));
  runs.sort((a, b) => a.took - b.took);
  const median = runs[Math.floor(rounds / 2)];
  if (median !== undefined) print(median);
} finally {
  project.write(`tenants/${id}.yaml`, `${tenant}\nstatus: destroyed\nconfirmDestroy: ${id}\n`);
  await project.tenantry(["destroy", id]);
  for (const proxy of proxies.values()) proxy.close();
  await stopTestServers();
}

/** Puts a proxy before each server, and its address into the project's environment. */
async function throughProxies(): Promise<ReadonlyMap<SystemName, TimingProxy>> {
  const file = ".tenantry/local/environment.yaml";
  const servers = environment.parse(parse(project.read(file)));
  const started = new Map<SystemName, TimingProxy>();
  const changed: Record<string, unknown> = {};
  for (const name of systems) {
    const { url, host = "", port = 0, ...rest } = servers[name];
    if (url === undefined) {
      const proxy = await TimingProxy.start(host, port);
      started.set(name, proxy);
      changed[name] = { ...rest, host, port: proxy.port };
    } else {
      const target = new URL(url);
      const proxy = await TimingProxy.start(target.hostname, Number(target.port));
      started.set(name, proxy);
      changed[name] = { ...rest, url: url.replace(`:${target.port}`, `:${proxy.port}`) };
    }
  }
  project.write(file, stringify(changed));
  return started;
}

/** The tenant with so many people more. */
function withPeople(count: number): string {
  const people = Array.from(
    { length: count },
    (_, index) => `
  - email: new${index}@${id}.example
    firstName: New
    lastName: Person
    role: developer
    teams: [platform]
`,
  );
  return tenant.replace("\ndatabase:", `${people.join("")}\ndatabase:`);
}

async function up(file: string) {
  project.write(`tenants/${id}.yaml`, file);
  for (const proxy of proxies.values()) proxy.take();
  const started = performance.now();
  const { exitCode, stderr } = await project.tenantry(["up", id]);
  if (exitCode !== 0) throw new Error(stderr);
  const took = performance.now() - started;
  return { took, answers: new Map([...proxies].map(([name, proxy]) => [name, proxy.take()])) };
}

function print({ took, answers }: Awaited<ReturnType<typeof up>>): void {
  console.log(`one more person over all services, the median of ${rounds} runs:\n`);
  console.log("system      answers      sum   at work");
  for (const [name, spans] of answers) {
    console.log(
      `${name.padEnd(10)} ${String(spans.length).padStart(8)} ${seconds(sum(spans))}  ${seconds(covered(spans))}`,
    );
  }
  const all = [...answers.values()].flat();
  console.log(
    `${"all".padEnd(10)} ${String(all.length).padStart(8)} ${seconds(sum(all))}  ${seconds(covered(all))}`,
  );
  const longest = Math.max(...[...answers.values()].map(covered));
  console.log(`\nup                 ${seconds(took)}`);
  console.log(`  / sum of answers      ${(took / sum(all)).toFixed(2)}`);
  console.log(`  / any server at work  ${(took / covered(all)).toFixed(2)}`);
  console.log(`  / the busiest system  ${(took / longest).toFixed(2)}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`.padStart(8);
}
