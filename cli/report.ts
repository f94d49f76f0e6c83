import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readReport, type ReportedRun } from "../fleet/read-report.ts";
import { gatherOverview } from "../fleet/overview/gather-overview.ts";
import type { FleetReport } from "../fleet/fleet-report.ts";
import { defaultParallelism } from "../fleet/parallelism.ts";
import { type FleetRun, runFleet } from "../fleet/run-fleet.ts";
import { Failure } from "../report/failure.ts";
import { StreamProgress } from "../report/progress.ts";
import { reportPage } from "../report-page/page.ts";
import { systems } from "../providers/systems.ts";
import { FleetPrinter } from "./print-fleet.ts";
import { readInput } from "./read-input.ts";
import { root } from "./project-root.ts";

interface Report {
  /** The folder that the page is written into. */
  readonly out: string;
  /** Ids of tenants; empty: all of them. */
  readonly named: readonly string[];
  readonly environment: string;
  /** A file, `-` for standard input, true: look now; undefined: say nothing about drift. */
  readonly drift: string | true | undefined;
  readonly json: boolean;
}

/** `tenantry report`. Gives the exit code: 0 written, whatever it says; 130 interrupted. Throws a {@link Failure}. */
export async function report({ out, named, environment, drift, json }: Report): Promise<number> {
  const parallel = defaultParallelism();
  const looked = drift === true ? await lookForDrift({ named, environment, parallel }) : undefined;
  if (looked?.interrupted === true) return 130;
  const overview = await gatherOverview({
    root,
    environment,
    named,
    drift: await driftReport(looked ?? drift, environment),
    parallel,
    progress: new StreamProgress(),
  });
  const file = join(resolve(out), "index.html");
  mkdirSync(resolve(out), { recursive: true });
  writeFileSync(file, reportPage(overview));
  if (json) console.log(JSON.stringify({ file, ...overview }, null, 2));
  else console.log(file);
  return 0;
}

function lookForDrift(where: Pick<FleetRun, "named" | "environment" | "parallel">): Promise<FleetReport> {
  const printer = new FleetPrinter(`drift ${where.environment}`);
  const looking = runFleet({
    ...where,
    operation: "drift",
    root,
    systems,
    refresh: false,
    force: false,
    listener: printer,
  });
  return looking.then((report) => {
    printer.close(report);
    return report;
  });
}

async function driftReport(
  from: FleetReport | Report["drift"],
  environment: string,
): Promise<ReportedRun | undefined> {
  if (from === undefined || from === true) return undefined;
  const text =
    typeof from === "object" ? JSON.stringify(from) : await readInput(from === "-" ? undefined : from);
  const found = readReport(text, "drift");
  if (found.environment === environment) return found;
  throw new Failure("other-environment", `the drift is that of ${found.environment}, not of ${environment}`, {
    fix: `name the other one: --environment ${found.environment}`,
  });
}
