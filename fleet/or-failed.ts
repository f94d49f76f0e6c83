import { failuresIn } from "./failure-problem.ts";
import type { StackOutcome, StackProblem } from "./stack-outcome.ts";

/** What is known of an outcome before anything is done. */
export type Planned = Pick<StackOutcome, "tenant" | "stack" | "operation">;

/** What work on a tenant gives. What goes wrong with it in a way that is known doesn't stop the others. */
export async function orFailed<Outcome extends StackOutcome>(
  planned: Planned,
  work: () => Promise<Outcome>,
): Promise<Outcome | StackOutcome> {
  try {
    return await work();
  } catch (error) {
    const problems = failuresIn(error);
    if (problems === undefined) throw error;
    return nothingDone(planned, "failed", problems);
  }
}

/** The outcome of a tenant that nothing was done to. */
export function nothingDone(
  { tenant, stack, operation }: Planned,
  result: StackOutcome["result"],
  problems: readonly StackProblem[],
): StackOutcome {
  return { tenant, stack, operation, result, changes: [], unchanged: 0, problems, seconds: 0 };
}
