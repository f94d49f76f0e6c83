import type { ReportedRun, ReportedTenant } from "../fleet/read-report.ts";
import { changeParts, type Wording } from "./change-parts.ts";
import { count } from "../report/count.ts";
import { fit } from "./fit.ts";
import { groupProblems, type SharedProblem } from "./group-problems.ts";
import { code } from "./markdown.ts";
import { orphanParts } from "./orphan-parts.ts";
import { fileParts, problemParts } from "./problem-parts.ts";

const wording: Wording = {
  resource: { create: "+ create", update: "! update", replace: "! replace", delete: "- delete" },
  property: (from, to) => `${from} → ${to}`,
  counts: { create: "to create", update: "to update", replace: "to replace", delete: "to delete" },
};

/**
 * What a preview has to tell a pull request's readers, as Markdown shorter than GitHub's limit: changes only. Undefined when
 * nothing changes, fails or is left over. What is only a warning is told beside something else.
 *
 * @param log a sentence that says where everything can be read, in HTML
 */
export function previewComment(run: ReportedRun, log: string): string | undefined {
  const { environment, tenants, skipped, orphans, problems } = run;
  const shared = groupProblems(tenants);
  const errors = shared.filter(({ severity }) => severity === "error");
  const violations = errors.filter(({ policy }) => policy !== undefined);
  const failures = errors.filter(({ policy }) => policy === undefined);
  const warnings = shared.filter(({ severity }) => severity === "warning");
  const changing = tenants.filter(({ changes }) => changes.length > 0);
  const are = (result: ReportedTenant["result"]): number =>
    tenants.filter((tenant) => tenant.result === result).length;
  const unfinished = are("cancelled");
  if (changing.length + are("failed") + unfinished + orphans.length + problems.length === 0) return undefined;
  const same = tenants.filter(({ result, changes }) => result === "succeeded" && changes.length === 0);
  const sums: [number, string][] = [
    [changing.length, `${count(changing.length, "tenant")} would change`],
    [are("failed"), `${are("failed")} failed`],
    [places(violations), count(places(violations), "policy violation")],
    [unfinished, `${unfinished} not looked at to the end`],
    [same.length, `${same.length} as deployed`],
    [skipped.length, `${skipped.length} skipped`],
  ];
  const said = sums.flatMap(([number, text]) => (number === 0 ? [] : [text]));
  const head = `<h3>Tenantry: preview of ${code(environment)}</h3>\n<p>${said.join(" · ")}</p>`;
  const parts = [
    ...fileParts("Failed", problems),
    ...problemParts("Failed", failures),
    ...problemParts("Against a policy", violations, "policy violation"),
    ...changeParts("Would change", tenants, wording),
    ...orphanParts(orphans),
    ...problemParts("Warnings", warnings, "warning"),
  ];
  return fit(head, parts, log);
}

function places(problems: readonly SharedProblem[]): number {
  return problems.reduce((sum, problem) => sum + problem.places.length, 0);
}
