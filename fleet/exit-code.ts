import type { FleetReport } from "./fleet-report.ts";
import { isUnreachable } from "./unreachable.ts";

/**
 * The exit code of a run: 130 interrupted; 1 something failed that trying again won't mend; 3 a system couldn't be reached;
 * 2 drift was found, or changes where none were expected; 0 none of that. An outage is never drift: 3 goes before 2.
 */
export function exitCode(
  { operation, tenants, problems, orphans, interrupted }: FleetReport,
  { expectNoChanges }: { readonly expectNoChanges: boolean },
): 0 | 1 | 2 | 3 | 130 {
  if (interrupted) return 130;
  const failed = tenants.filter(({ result }) => result !== "succeeded");
  const unreached = failed.filter((outcome) => outcome.problems.some(isUnreachable));
  if (problems.length > 0 || failed.length > unreached.length) return 1;
  if (unreached.length > 0) return 3;
  const changed = tenants.some(({ changes, strays = [] }) => changes.length + strays.length > 0);
  if (operation === "drift") return changed || orphans.length > 0 ? 2 : 0;
  return expectNoChanges && changed ? 2 : 0;
}
