import type { StackProblem } from "./stack-outcome.ts";

/** The failures that say nothing about a tenant: a server, or the way to it, wasn't there. Trying later may be enough. */
const codes = new Set(["server-unreachable", "no-answer", "answer-lost", "environment-down"]);

/** Whether a problem is that a system couldn't be reached. */
export function isUnreachable({ severity, code }: Pick<StackProblem, "severity" | "code">): boolean {
  return severity === "error" && codes.has(code);
}
