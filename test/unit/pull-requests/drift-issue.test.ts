import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { FleetReport, TenantOutcome } from "../../../fleet/fleet-report.ts";
import { readReport } from "../../../fleet/read-report.ts";
import { driftIssue, type DriftIssue } from "../../../pull-requests/drift-issue.ts";
import { longestBody } from "../../../pull-requests/fit.ts";
import { marked } from "../../../pull-requests/marker.ts";
import { changed, outcome, problem, report } from "../fleet/outcomes.ts";
import { anyRun } from "./any-run.ts";
import { expectOnlyOurs } from "./only-ours.ts";

const log = "The log has everything.";
const issue = (tenants: readonly TenantOutcome[], more: Partial<FleetReport> = {}): DriftIssue | undefined =>
  driftIssue(readReport(JSON.stringify(report(tenants, { operation: "drift", ...more })), "drift"), log);

const drifted = (tenant: string): TenantOutcome =>
  outcome(tenant, {
    changes: [
      changed("update", `${tenant}-database`, [{ path: "connectionLimit", from: 99, to: 10 }]),
      changed("create", `${tenant}_auditor`, [], "postgresql:index/role:Role"),
    ],
  });
const unreached = (tenant: string): TenantOutcome =>
  outcome(tenant, {
    result: "failed",
    problems: [problem("server-unreachable", { system: "Keycloak", message: "it does not answer" })],
  });

test("all was looked at and is as the files say: no issue", () => {
  expect(issue([outcome("acme"), outcome("globex", { ignored: 3, strays: [] })])).toBeUndefined();
});

test("drift by resource with found and wanted, alike tenants once; accounts in no file; stacks without one", () => {
  const { title, body } = issue(
    [
      drifted("acme"),
      drifted("globex"),
      outcome("hooli", { strays: ["PostgreSQL login hooli_eve"], ignored: 2 }),
    ],
    { orphans: ["prod.gone"] },
  ) ?? { title: "", body: "" };
  expect(title).toBe("Drift in prod: 3 tenants, 1 stack without a file");
  expect(body).toContain("3 tenants not as their files say · 3 in all · 2 differences ignored, as files say");
  expect(body).toContain(
    `<b>2 tenants</b> <code>acme</code>, <code>globex</code>: 1 different, 1 missing each`,
  );
  expect(body).toContain(`\`\`\`diff
! differs: postgresql Database  <tenant>-database
      connectionLimit: found 99, wanted 10
- missing: postgresql Role  <tenant>_auditor
\`\`\``);
  expect(body).toContain("<h4>There, and in no file</h4>\n\n```text\nhooli  PostgreSQL login hooli_eve\n```");
  expect(body).toContain("```text\nprod.gone\n```");
  expect(body).not.toContain("reached");
});

test("a server that can't be reached is told apart from drift, and so is whatever else kept us from looking", () => {
  const failed = outcome("sick", {
    result: "failed",
    problems: [problem("policy-violation", { message: "policy x: no", policy: "x" })],
  });
  const { title, body } = issue([drifted("acme"), unreached("globex"), unreached("hooli"), failed]) ?? {
    title: "",
    body: "",
  };
  expect(title).toBe("Drift in prod: 1 tenant");
  expect(body).toContain("1 tenant not as its file says · 3 that could not be looked at · 4 in all");
  const [drift = "", reached = "", looked = ""] = body.split(/<h4>Could not be .*<\/h4>/);
  expect(drift).toContain("acme");
  expect(drift).not.toMatch(/globex|hooli|sick/);
  expect(reached).toContain("Keycloak: it does not answer\n  globex\n  hooli");
  expect(looked).toContain("policy x: no");
});

test("an outage alone isn't called drift", () => {
  expect(issue([outcome("acme"), unreached("globex")])?.title).toBe("prod could not be looked at for drift");
});

test("whatever the report says is shown as text, fits, and nothing else is in it", () => {
  fc.assert(
    fc.property(anyRun("drift"), (run) => {
      const found = driftIssue(readReport(JSON.stringify(run), "drift"), log);
      if (found === undefined) return;
      const body = marked(found.body, { operation: "drift", environment: run.environment });
      expectOnlyOurs(body);
      expect(body.length).toBeLessThan(longestBody);
    }),
    { numRuns: 200 },
  );
});

test("drift of everything fits", () => {
  const everyone = Array.from({ length: 3000 }, (_, index) =>
    outcome(`t${index}`, { strays: [`PostgreSQL login t${index}_${"x".repeat(50)}`] }),
  );
  const { body } = issue(everyone) ?? { body: "" };
  expect(body.length).toBeLessThan(longestBody);
  expect(body).toMatch(/[\d,]+ account lists \([\d,]+ tenants\)/);
});
