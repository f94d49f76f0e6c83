import { problemText } from "../schema/print-problems.ts";
import type { Problem } from "../schema/problem.ts";
import type { StackProblem } from "./stack-outcome.ts";

/** What is wrong with a tenant's file, as a run reports it. */
export function unreadable(problem: Problem): StackProblem {
  return {
    severity: "error",
    code: problem.code,
    system: undefined,
    message: [problem.path, problemText(problem)].filter((part) => part !== "").join(": "),
    fix: undefined,
    resource: undefined,
    position: { file: problem.file, line: problem.line, column: problem.column },
  };
}
