import { Failure } from "../report/failure.ts";

/** Knows the messages of one system's plugin: gives the failure that a message stands for, or nothing. */
export type Explainer = (message: string) => Failure | undefined;

/** The failure that a diagnostic stands for: the first explainer that knows it, else its own words without their noise. */
export function explain(message: string, explainers: readonly Explainer[]): Failure {
  for (const explainer of explainers) {
    const failure = explainer(message);
    if (failure) return failure;
  }
  return new Failure("engine", withoutNoise(message));
}

/** The engine wraps messages in lines that say nothing, and stack traces of its own processes. */
function withoutNoise(message: string): string {
  return message
    .split("\n")
    .filter((line) => !/^\s+at .*(?:node:|node_modules)/.test(line) && line.trim() !== "")
    .join("\n")
    .replace(/^\d+ errors? occurred:\s*\n\s*\* /, "")
    .trim();
}
