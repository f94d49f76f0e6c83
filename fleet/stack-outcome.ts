import { explain, type Explainer } from "./explain.ts";
import type { Operation } from "./run-engine.ts";
import type { StackResult } from "./run-stack.ts";
import { resourceName, typeName, type ResourceChange } from "./stack-report.ts";

/** Something that went wrong in a run, ready to be read by a person or a script. */
export interface StackProblem {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly system?: string;
  readonly message: string;
  readonly fix?: string;
  /** The resource it is about, as `keycloak Realm acme`. */
  readonly resource?: string;
}

/** How an operation on one stack ended: what `--json` prints. */
export interface StackOutcome {
  readonly tenant: string;
  readonly stack: string;
  readonly operation: Operation;
  readonly result: "succeeded" | "failed" | "cancelled";
  readonly changes: readonly ResourceChange[];
  readonly unchanged: number;
  readonly problems: readonly StackProblem[];
  readonly seconds: number;
}

/** What went wrong in a run, each cause once, in the words of the systems that know it. */
export function problemsOf(
  { report, stderr, exitCode, cancelled }: StackResult,
  explainers: readonly Explainer[],
): StackProblem[] {
  const problems = report.diagnostics.map(({ severity, message, urn }): StackProblem => {
    const { code, system, message: text, fix } = explain(message, explainers);
    return {
      severity,
      code,
      message: text,
      ...(system === undefined ? {} : { system }),
      ...(fix === undefined ? {} : { fix }),
      ...(urn === undefined ? {} : { resource: describe(urn) }),
    };
  });
  const known = problems.some(({ severity }) => severity === "error");
  if (exitCode !== 0 && !cancelled && !known) {
    problems.push({
      severity: "error",
      code: "engine",
      message: stderr.trim() || `the engine ended with exit code ${exitCode}`,
    });
  }
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** A URN as `keycloak Realm acme`. */
function describe(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return `${typeName(types.slice(types.lastIndexOf("$") + 1))} ${resourceName(urn)}`;
}
