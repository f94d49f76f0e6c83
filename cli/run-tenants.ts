import { exitCode } from "../fleet/exit-code.ts";
import type { FleetListener, FleetReport } from "../fleet/fleet-report.ts";
import { defaultParallelism } from "../fleet/parallelism.ts";
import { type FleetRun, runFleet } from "../fleet/run-fleet.ts";
import { systems } from "../providers/systems.ts";
import { FleetPrinter } from "./print-fleet.ts";
import { printFindings } from "./print-findings-of-fleet.ts";
import { RunPrinter } from "./print-run.ts";
import { printStackProblem } from "./print-stack-problem.ts";
import { root } from "./project-root.ts";

interface TenantsRun extends Pick<
  FleetRun,
  "operation" | "environment" | "refresh" | "force" | "named" | "changedSince" | "maxDeletes"
> {
  /** Undefined: as many as the machine is good for. */
  readonly parallel?: number | undefined;
  readonly expectNoChanges: boolean;
  readonly json: boolean;
}

/** Runs an operation on tenants and shows how it goes. Gives the exit code. */
export async function runTenants(run: TenantsRun): Promise<number> {
  const { operation, environment, named, json } = run;
  const alone = operation !== "drift" && named.length === 1 && run.changedSince === undefined;
  const shown = json ? silent : alone ? one(`${operation} ${environment}.${named.join()}`) : many(run);
  const report = await runFleet({
    ...run,
    root,
    systems,
    parallel: run.parallel ?? defaultParallelism(),
    listener: shown.listener,
  });
  shown.close(report);
  if (json) console.log(JSON.stringify(alone ? report.tenants[0] : report, null, 2));
  return exitCode(report, run);
}

interface Shown {
  readonly listener: FleetListener;
  readonly close: (report: FleetReport) => void;
}

const nothing = (): void => undefined;
const silent: Shown = {
  listener: { onSelected: nothing, onStarted: nothing, onStep: nothing, onNote: nothing, onEnded: nothing },
  close: nothing,
};

/** One tenant, resource by resource. */
function one(title: string): Shown {
  const printer = new RunPrinter(title);
  return {
    listener: {
      ...silent.listener,
      onStep: (_tenant, step) => printer.step(step),
      onNote: (_tenant, note) => printer.note(note),
      onEnded: (outcome) => {
        printer.close(outcome);
        outcome.problems.forEach(printStackProblem);
      },
    },
    close: nothing,
  };
}

/** Many tenants, a line each. */
function many({ operation, environment }: TenantsRun): Shown {
  const printer = new FleetPrinter(`${operation} ${environment}`);
  return {
    listener: printer,
    close: (report) => {
      printer.close(report);
      printFindings(report);
    },
  };
}
