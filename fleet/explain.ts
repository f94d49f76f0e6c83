import { parseFailureText } from "../providers/failure-text.ts";
import type { System } from "../providers/system.ts";
import { Failure } from "../report/failure.ts";

/**
 * The failure that a diagnostic stands for: one of ours that came through the engine as text, else what the system that
 * the resource belongs to makes of it, else its own words without their noise.
 *
 * `type` is the resource's type token; without one every system is asked.
 */
export function explain(message: string, type: string | undefined, systems: readonly System[]): Failure {
  const ours = parseFailureText(message);
  if (ours) return ours;
  for (const system of systems) {
    const asked =
      type === undefined ||
      type.startsWith(`${system.package}:`) ||
      type === `pulumi:providers:${system.package}`;
    const failure = asked ? system.explain?.(message) : undefined;
    if (failure) return failure;
  }
  return protectedFailure(message) ?? new Failure("engine", withoutNoise(message));
}

/** What holds data stays when it is taken out of the file: that may have been a slip. */
function protectedFailure(message: string): Failure | undefined {
  const urn = /resource "?(urn:\S+?)"? cannot be deleted\s+because it is protected/.exec(message)?.[1];
  if (urn === undefined) return undefined;
  const stack = urn.split(":")[2] ?? "";
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return new Failure("protected", `${name} holds data: taking it out of the file doesn't delete it`, {
    fix: `put it back; to delete it with all that is in it, run: npx tenantry shell -- pulumi state unprotect '${urn}' --stack ${stack} --yes, then up again`,
  });
}

/** The engine wraps messages in lines that say nothing, and in stack traces of its own processes. */
function withoutNoise(message: string): string {
  return message
    .split("\n")
    .filter((line) => !/^\s+at .*(?:node:|node_modules)/.test(line) && line.trim() !== "")
    .join("\n")
    .replace(/^error: /, "")
    .replace(/^\S+\.go:\d+: sdk\.helper_schema: (.*?)(?:: provider=\S+)?$/s, "$1")
    .replace(/^\d+ errors? occurred:\s*\n\s*\* /, "")
    .trim();
}
