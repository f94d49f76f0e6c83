import type { ReportedRun } from "../fleet/read-report.ts";
import { isUnreachable } from "../fleet/unreachable.ts";
import { changeParts, type Wording } from "./change-parts.ts";
import { count } from "../report/count.ts";
import { fit, type Part } from "./fit.ts";
import { groupProblems } from "./group-problems.ts";
import { code, fence } from "./markdown.ts";
import { orphanParts } from "./orphan-parts.ts";
import { fileParts, problemParts } from "./problem-parts.ts";

export interface DriftIssue {
  readonly title: string;
  readonly body: string;
}

const wording: Wording = {
  resource: {
    create: "- missing:",
    delete: "+ not wanted:",
    update: "! differs:",
    replace: "! differs, to be made anew:",
  },
  property: (from, to) => `found ${from}, wanted ${to}`,
  counts: { create: "missing", delete: "not wanted", update: "different", replace: "to be made anew" },
};

/**
 * What a look for drift found, as an issue shorter than GitHub's limit. What could not be looked at is told apart: it is no
 * drift, and no sign that there is none. Undefined when all was looked at and is as the files say.
 *
 * @param log a sentence that says where everything can be read, in HTML
 */
export function driftIssue(run: ReportedRun, log: string): DriftIssue | undefined {
  const { environment, tenants, orphans, problems } = run;
  const drifted = tenants.filter(({ changes, strays = [] }) => changes.length + strays.length > 0);
  const unlooked = tenants.filter(({ result }) => result !== "succeeded");
  if (drifted.length + orphans.length + unlooked.length + problems.length === 0) return undefined;
  const errors = groupProblems(tenants).filter(({ severity }) => severity === "error");
  const unreached = errors.filter(isUnreachable);
  const failed = errors.filter((problem) => !isUnreachable(problem));
  const ignored = tenants.reduce((sum, tenant) => sum + (tenant.ignored ?? 0), 0);
  const said = [
    `${count(drifted.length, "tenant")} not as ${drifted.length === 1 ? "its file says" : "their files say"}`,
    ...(unlooked.length > 0 ? [`${unlooked.length} that could not be looked at`] : []),
    `${tenants.length} in all`,
    ...(ignored > 0 ? [`${count(ignored, "difference")} ignored, as files say`] : []),
  ];
  const head = `<p>${said.join(" · ")}, in ${code(environment)}. To make the systems as the files say: ${code(`npx tenantry up --all --refresh --environment ${environment}`)}</p>`;
  const parts = [
    ...changeParts("Not as the files say", tenants, wording),
    ...strayParts("There, and in no file", tenants),
    ...orphanParts(orphans),
    ...problemParts("Could not be reached: this is no drift", unreached),
    ...fileParts("Could not be looked at", problems),
    ...problemParts("Could not be looked at", failed),
  ];
  return { title: title(environment, drifted.length, orphans.length), body: fit(head, parts, log) };
}

function title(environment: string, tenants: number, orphans: number): string {
  const found = [
    ...(tenants > 0 ? [count(tenants, "tenant")] : []),
    ...(orphans > 0 ? [`${count(orphans, "stack")} without a file`] : []),
  ];
  return found.length > 0
    ? `Drift in ${environment}: ${found.join(", ")}`
    : `${environment} could not be looked at for drift`;
}

function strayParts(heading: string, tenants: ReportedRun["tenants"]): Part[] {
  return tenants
    .filter(({ strays = [] }) => strays.length > 0)
    .map(({ tenant, strays = [] }) => ({
      heading,
      text: fence(
        "text",
        strays.map((stray) => `${tenant}  ${stray}`),
      ),
      short: `<p>${code(tenant)}: ${count(strays.length, "account")}</p>`,
      kind: "account list",
      tenants: [tenant],
    }));
}
