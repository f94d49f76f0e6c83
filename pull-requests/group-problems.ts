import { withoutTenant } from "../fleet/alike.ts";
import type { ReportedProblem, ReportedRun } from "../fleet/read-report.ts";

/** What went wrong in the same way for some tenants. */
export interface SharedProblem extends Omit<ReportedProblem, "position" | "resource"> {
  /** Each tenant's place: where in its file, and which resource it is about. */
  readonly places: readonly ({ readonly tenant: string } & Pick<ReportedProblem, "position" | "resource">)[];
}

/** Groups tenants by what went wrong, whatever they are called, most tenants first. */
export function groupProblems(tenants: ReportedRun["tenants"]): SharedProblem[] {
  const all = tenants.flatMap(({ tenant, problems }) => problems.map((problem) => ({ tenant, problem })));
  const groups = Map.groupBy(all, ({ tenant, problem: { severity, code, system, message, fix, policy } }) =>
    withoutTenant(JSON.stringify([severity, code, system, message, fix, policy]), tenant),
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const places = group.map(({ tenant, problem: { position, resource } }) => ({
        tenant,
        position,
        resource,
      }));
      const { tenant, problem } = first;
      const say = (text: string): string => (group.length === 1 ? text : withoutTenant(text, tenant));
      return [{ ...problem, message: say(problem.message), fix: problem.fix && say(problem.fix), places }];
    })
    .sort((a, b) => b.places.length - a.places.length);
}
