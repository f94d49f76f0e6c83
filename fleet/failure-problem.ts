import type { StackProblem } from "./stack-outcome.ts";
import { Failure } from "../report/failure.ts";

/** A failure as `--json` prints it, among whatever else went wrong. */
export function failureProblem({ code, system, message, fix }: Failure): StackProblem {
  return { severity: "error", code, system, message, fix, resource: undefined, position: undefined };
}

/** What went wrong, of one failure or of several at once; undefined for anything else, which is a bug. */
export function failuresIn(error: unknown): StackProblem[] | undefined {
  if (error instanceof Failure) return [failureProblem(error)];
  if (!(error instanceof AggregateError)) return undefined;
  const failures = error.errors.filter((each) => each instanceof Failure);
  return failures.length === error.errors.length ? failures.map(failureProblem) : undefined;
}
