import { styleText } from "node:util";
import { Failure } from "../report/failure.ts";

/** Prints what went wrong and how to mend it on standard error. Returns the exit code: 1. */
export function printFailure(error: unknown): 1 {
  const style = (format: "red" | "bold", text: string): string =>
    styleText(format, text, { stream: process.stderr });
  if (error instanceof Failure) {
    const system = error.system === undefined ? "" : `${error.system}: `;
    console.error(`${style("red", "error:")} ${system}${error.message}`);
    if (error.fix !== undefined) console.error(`  ${style("bold", "fix:")} ${error.fix}`);
  } else {
    console.error(error);
    console.error("This is a bug in tenantry. Please report it with the lines above.");
  }
  return 1;
}
