import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { FleetReport, TenantOutcome } from "../../../fleet/fleet-report.ts";
import { readReport } from "../../../fleet/read-report.ts";
import { longestBody } from "../../../pull-requests/fit.ts";
import { marked } from "../../../pull-requests/marker.ts";
import { previewComment } from "../../../pull-requests/preview-comment.ts";
import { changed, outcome, problem, report } from "../fleet/outcomes.ts";
import { anyRun } from "./any-run.ts";
import { expectOnlyOurs } from "./only-ours.ts";

const log = "The log has everything.";
const comment = (tenants: readonly TenantOutcome[], more: Partial<FleetReport> = {}): string | undefined =>
  previewComment(
    readReport(JSON.stringify(report(tenants, { operation: "preview", ...more })), "preview"),
    log,
  );

const limit = (tenant: string, to: unknown, more: Partial<TenantOutcome> = {}): TenantOutcome =>
  outcome(tenant, {
    changes: [changed("update", `${tenant}-database`, [{ path: "connectionLimit", from: 10, to }])],
    ...more,
  });

const violation = problem("policy-violation", {
  system: "Keycloak",
  policy: "external-people-expire",
  message: "policy external-people-expire: dmitri@partner.example has no last day",
  fix: "set `expires`",
  resource: "keycloak User acme-user-dima",
  position: { file: "tenants/acme.yaml", line: 38, column: 5 },
});

test("nothing to say: no comment, whatever was looked at or warned of", () => {
  const warning = problem("policy-waived", { severity: "warning", policy: "realm-ssl" });
  expect(comment([outcome("acme", { unchanged: 30, problems: [warning] })])).toBeUndefined();
  expect(comment([], { skipped: [{ tenant: "acme", reason: "no change reaches it" }] })).toBeUndefined();
});

test("identical changes are told once, for all tenants; somebody alone is called by name", () => {
  const text = comment([limit("globex", 20), limit("acme", 30), limit("initech", 20), outcome("hooli")], {
    skipped: [{ tenant: "pied-piper", reason: "as deployed" }],
  });
  expect(text).toBe(`<h3>Tenantry: preview of <code>prod</code></h3>
<p>3 tenants would change · 1 as deployed · 1 skipped</p>

<h4>Would change</h4>

<details open><summary><b>2 tenants</b> <code>globex</code>, <code>initech</code>: 1 to update each</summary>

\`\`\`diff
! update postgresql Database  <tenant>-database
      connectionLimit: 10 → 20
\`\`\`

</details>

<details open><summary><code>acme</code>: 1 to update</summary>

\`\`\`diff
! update postgresql Database  acme-database
      connectionLimit: 10 → 30
\`\`\`

</details>`);
});

test("failures and violations come first, each with file and line; the same one is told once", () => {
  const down = (tenant: string): TenantOutcome =>
    outcome(tenant, {
      result: "failed",
      problems: [problem("server-unreachable", { system: "Keycloak", message: "it does not answer" })],
    });
  const text = comment([
    limit("zoo", 1),
    outcome("acme", { result: "failed", problems: [violation] }),
    down("a"),
    down("b"),
    outcome("c", { result: "cancelled" }),
  ]);
  expect(text).toContain(
    "1 tenant would change · 3 failed · 1 policy violation · 1 not looked at to the end",
  );
  expect(text).toContain(`<h4>Failed</h4>

\`\`\`text
Keycloak: it does not answer
  a
  b
\`\`\`

<h4>Against a policy</h4>

\`\`\`text
Keycloak: policy external-people-expire: dmitri@partner.example has no last day
fix: set \`expires\`
  acme  tenants/acme.yaml:38:5  keycloak User acme-user-dima
\`\`\`

<h4>Would change</h4>`);
});

test("a broken folder, a stack without a file, a warning beside a change", () => {
  const advice = problem("policy-advice", { severity: "warning", message: "think twice" });
  const text = comment([limit("acme", 20, { problems: [advice] })], {
    orphans: ["prod.gone"],
    problems: [{ file: "tenants/x", line: 1, column: 1, code: "folder-unreadable", path: "", message: "no" }],
  });
  expect(text).toMatch(
    /```text\ntenants\/x:1:1 no\n```[^]*```text\nprod\.gone\n```[^]*Warnings[^]*think twice/,
  );
});

test("a run of one named tenant prints that tenant alone", () => {
  const text = previewComment(readReport(JSON.stringify(limit("acme", 20)), "preview"), log);
  expect(text).toContain("preview of <code>prod</code>");
  expect(text).toContain("connectionLimit: 10 → 20");
});

test.each([
  ["", /it is empty/],
  ["{}", /something else/],
  ["{", /something else/],
  [JSON.stringify(report([], { operation: "up" })), /it is of up/],
])("no report of a preview: %j", (text, message) => {
  expect(() => readReport(text, "preview")).toThrow(message);
});

test("whatever the report says is shown as text, in code, and as nothing else", () => {
  fc.assert(
    fc.property(anyRun("preview"), (run) => {
      const body = previewComment(readReport(JSON.stringify(run), "preview"), log);
      if (body !== undefined) expectOnlyOurs(marked(body, run));
    }),
    { numRuns: 500 },
  );
});

describe("a comment that would be too long", () => {
  const crowd = (tenants: number, lines: number, value: (tenant: number) => string): string | undefined =>
    comment(
      Array.from({ length: tenants }, (_, index) =>
        outcome(`tenant-${index}`, {
          changes: Array.from({ length: lines }, (_, line) =>
            changed("update", `db-${line}`, [{ path: "x", from: 0, to: value(index) }]),
          ),
        }),
      ),
    );

  test("it fits, no block is cut, and who isn't shown is counted", () => {
    const width = fc.integer({ min: 0, max: 250 });
    const letter = fc.constantFrom("x", "é", "😀", "`", "\u0000");
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 1, max: 30 }),
        width,
        letter,
        (tenants, lines, width, letter) => {
          const body = crowd(tenants, lines, (index) => letter.repeat(width) + index.toString()) ?? "";
          expect(marked(body, { operation: "preview", environment: "😀".repeat(50) }).length).toBeLessThan(
            longestBody,
          );
          expectOnlyOurs(body);
          const shown = body.match(/<summary>|too long to be shown/g)?.length ?? 0;
          const [, out = "0"] = /(\d+) different diffs? \(\1 tenant/.exec(body) ?? [];
          expect(shown + Number(out)).toBe(tenants);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("one diff of very many tenants is shown, with the first of their names", () => {
    const body = crowd(3000, 1, () => "same");
    expect(body).toContain("<code>tenant-4</code> and 2,995 more: 1 to update each");
    expect(body).toContain("<code>tenant-199</code> and 2,800 more</p>\n\n```diff\n! update");
  });

  test("what matters most stays: a failure is told beside any number of changes", () => {
    const many = Array.from({ length: 600 }, (_, index) => limit(`t${index}`, index));
    const body = comment([...many, outcome("acme", { result: "failed", problems: [violation] })]);
    expect(body).toContain("tenants/acme.yaml:38:5");
    expect(body).toMatch(
      /<p>Left out, because it is too much for GitHub: [\d,]+ different diffs \([\d,]+ tenants\)\. The log has everything\.<\/p>$/,
    );
  });

  test("one change that is too long by itself is named, not cut", () => {
    const huge = outcome("acme", {
      changes: Array.from({ length: 3000 }, (_, index) => changed("create", `acme-user-${index}`)),
    });
    const body = comment([huge, limit("globex", 20)]);
    expect(body).toContain("<p><code>acme</code>: 3000 to create; too long to be shown here</p>");
    expect(body).toContain("connectionLimit: 10 → 20");
  });

  test("a long value is shortened between characters", () => {
    expect(comment([limit("acme", "😀".repeat(5000))])).toContain(`${"😀".repeat(200)}… (5,000 characters)`);
  });
});
