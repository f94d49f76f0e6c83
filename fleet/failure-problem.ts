import type { StackProblem } from "./stack-outcome.ts";
import type { Failure } from "../report/failure.ts";

/** A failure as `--json` prints it, among whatever else went wrong. */
export function failureProblem({ code, system, message, fix }: Failure): StackProblem {
  return { severity: "error", code, system, message, fix, resource: undefined, position: undefined };
}
