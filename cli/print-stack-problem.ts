import { styleText } from "node:util";
import type { StackProblem } from "../fleet/stack-outcome.ts";

/** Prints one thing that went wrong in a run on standard error: where, what, and what to do. */
export function printStackProblem({
  severity,
  system,
  message,
  fix,
  resource,
  position,
}: StackProblem): void {
  const style = (format: "red" | "yellow" | "bold" | "dim", text: string): string =>
    styleText(format, text, { stream: process.stderr });
  const [first = "", ...more] = message.split("\n");
  const label = style(severity === "error" ? "red" : "yellow", `${severity}:`);
  const where = position ? `${position.file}:${position.line}:${position.column} ` : "";
  console.error(`${label} ${where}${system === undefined ? "" : `${system}: `}${first}`);
  for (const line of more) console.error(`  ${line}`);
  if (resource !== undefined) console.error(`  ${style("dim", `resource: ${resource}`)}`);
  if (fix !== undefined) console.error(`  ${style("bold", "fix:")} ${fix}`);
}
