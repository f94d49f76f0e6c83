import { join } from "node:path";
import { operateTenant, type TenantOperation } from "../fleet/operate-tenant.ts";
import type { StackOutcome, StackProblem } from "../fleet/stack-outcome.ts";
import { systems } from "../providers/systems.ts";
import { Failure } from "../report/failure.ts";
import { loadTenant } from "../schema/load-tenant.ts";
import { problemText } from "../schema/print-problems.ts";
import { failureProblem } from "./failure-problem.ts";
import { printStackProblem } from "./print-stack-problem.ts";
import { RunPrinter } from "./print-run.ts";
import { root } from "./project-root.ts";

interface TenantsRun {
  readonly operation: TenantOperation;
  /** The ids of the tenants. */
  readonly tenants: readonly string[];
  readonly environment: string;
  readonly refresh: boolean;
  readonly json: boolean;
}

/**
 * Runs an operation on each tenant in turn; one that fails doesn't stop the next. Gives the exit code: 0 all went well,
 * 1 something failed, 130 interrupted.
 */
export async function runTenants({ tenants, ...run }: TenantsRun): Promise<number> {
  const outcomes: StackOutcome[] = [];
  for (const tenant of tenants) {
    outcomes.push(await runTenant(tenant, run));
    if (outcomes.at(-1)?.result === "cancelled") break;
  }
  if (run.json) console.log(JSON.stringify(tenants.length === 1 ? outcomes[0] : outcomes, null, 2));
  if (outcomes.some(({ result }) => result === "cancelled")) return 130;
  return outcomes.every(({ result }) => result === "succeeded") ? 0 : 1;
}

async function runTenant(id: string, run: Omit<TenantsRun, "tenants">): Promise<StackOutcome> {
  const printer = run.json ? undefined : new RunPrinter(`${run.operation} ${run.environment}.${id}`);
  const outcome = await operate(id, run, printer).catch((error: unknown) => {
    if (error instanceof Failure) return notStarted(id, run, [failureProblem(error)]);
    throw error;
  });
  printer?.close(outcome);
  if (!run.json) outcome.problems.forEach(printStackProblem);
  return outcome;
}

async function operate(
  id: string,
  run: Omit<TenantsRun, "tenants">,
  printer: RunPrinter | undefined,
): Promise<StackOutcome> {
  const result = loadTenant(join(root, "tenants"), id);
  if (!result.valid) {
    const problems = result.problems.map((problem): StackProblem => ({
      severity: "error",
      code: problem.code,
      system: undefined,
      message: [problem.path, problemText(problem)].filter((part) => part !== "").join(": "),
      fix: undefined,
      resource: undefined,
      position: { file: problem.file, line: problem.line, column: problem.column },
    }));
    return notStarted(id, run, problems);
  }
  return operateTenant({
    ...run,
    root,
    systems,
    loaded: result.loaded,
    onStep: (step) => printer?.step(step),
    onNote: (note) => printer?.note(note),
  });
}

function notStarted(
  tenant: string,
  { operation, environment }: Omit<TenantsRun, "tenants">,
  problems: readonly StackProblem[],
): StackOutcome {
  const stack = `${environment}.${tenant}`;
  return { tenant, stack, operation, result: "failed", changes: [], unchanged: 0, problems, seconds: 0 };
}
