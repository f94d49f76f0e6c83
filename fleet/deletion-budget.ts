import type { StackOutcome, StackProblem } from "./stack-outcome.ts";
import { typeName } from "./stack-report.ts";

/** What a run may delete without being told so: this many resources … */
const defaultLimit = 10;
/** … or this share of the largest of the tenants that lose some. */
const defaultShare = 0.2;

/**
 * Holds what previews say would be deleted against what the run may delete. Gives a problem for each tenant that would
 * lose something when the whole run has to stop: it would delete more than its budget, or something that is protected.
 *
 * @param maximum how many resources may go; undefined: 10, or a fifth of the largest tenant that loses some
 */
export function overBudget(
  previews: readonly StackOutcome[],
  maximum: number | undefined,
): ReadonlyMap<string, readonly StackProblem[]> {
  const losing = previews.filter((preview) => deletes(preview) > 0);
  const total = losing.reduce((sum, preview) => sum + deletes(preview), 0);
  const limit =
    maximum ?? Math.max(defaultLimit, ...losing.map((each) => Math.floor(size(each) * defaultShare)));
  const problems = new Map<string, StackProblem[]>();
  const add = (tenant: string, problem: StackProblem): void => {
    problems.set(tenant, [...(problems.get(tenant) ?? []), problem]);
  };
  if (total > limit) {
    for (const preview of losing) {
      const own = deletes(preview);
      const whole = total === own ? `${total} resources` : `${total} resources, ${own} of them here`;
      add(preview.tenant, {
        ...blank,
        code: "too-many-deletes",
        message: `the run would delete ${whole}; it may delete ${limit}: ${examples(preview)}`,
        fix: `look at them with \`tenantry preview\`; if all of that is to go, run again with --max-deletes ${total}`,
      });
    }
  }
  for (const { tenant, problems: found } of previews) {
    for (const problem of found.filter(isProtected)) {
      add(tenant, {
        ...problem,
        code: "protected",
        fix: `take back what removes it; if it really is to go, with all that is in it, say so to the engine: npx tenantry shell -- pulumi state unprotect`,
      });
    }
  }
  return problems;
}

const blank = { severity: "error", system: undefined, resource: undefined, position: undefined } as const;

function deletes({ changes }: StackOutcome): number {
  return changes.filter(({ change }) => change === "delete").length;
}

/** How many resources a tenant has now. */
function size({ changes, unchanged }: StackOutcome): number {
  return unchanged + changes.filter(({ change }) => change !== "create").length;
}

function examples({ changes }: StackOutcome): string {
  const gone = changes
    .filter(({ change }) => change === "delete")
    .map(({ type, name }) => `${typeName(type)} ${name}`);
  const more = gone.length - 3;
  return `${gone.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The engine's words for what it refuses to delete or replace (pkg/resource/deploy/step_generator.go). */
function isProtected({ severity, message }: StackProblem): boolean {
  return (
    severity === "error" &&
    /\bprotect(?:ed|ion)?\b/.test(message) &&
    /\bdelete|\breplace|cannot be/.test(message)
  );
}
