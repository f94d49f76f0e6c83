import { expect, test } from "@jest/globals";
import { exitCode } from "../../../fleet/exit-code.ts";
import type { FleetReport } from "../../../fleet/fleet-report.ts";
import { changed, outcome, problem, report } from "./outcomes.ts";

const well = outcome("acme");
const altered = outcome("globex", { changes: [changed("update", "globex-database")] });
const failed = outcome("retail", { result: "failed", problems: [problem("role-not-ours")] });
/** What else went wrong after a server was gone is a consequence. */
const unreached = outcome("labs", {
  result: "failed",
  problems: [problem("engine"), problem("server-unreachable", { system: "Keycloak" })],
});
const folder = { file: "tenants/x", line: 1, column: 1, code: "folder-unreadable", path: "", message: "" };
const drift = { operation: "drift" } as const;

const cases: [string, FleetReport, boolean, number][] = [
  ["nothing to do", report([]), false, 0],
  ["all well", report([well, altered]), false, 0],
  [
    "a warning",
    report([outcome("acme", { problems: [problem("server-unreachable", { severity: "warning" })] })]),
    false,
    0,
  ],
  ["changes where none are expected", report([well, altered]), true, 2],
  ["no changes where none are expected", report([well]), true, 0],
  ["drift", report([well, altered], drift), false, 2],
  ["no drift", report([well], drift), false, 0],
  [
    "a stack without a file, when drift is looked for",
    report([well], { ...drift, orphans: ["prod.x"] }),
    false,
    2,
  ],
  ["a stack without a file otherwise", report([well], { orphans: ["prod.x"] }), true, 0],
  ["one failed", report([well, failed]), false, 1],
  ["one unreached", report([well, unreached]), false, 3],
  ["drift beside an outage", report([altered, unreached], drift), false, 3],
  ["changes beside an outage", report([altered, unreached]), true, 3],
  ["a failure that waiting won't mend, beside an outage", report([failed, unreached]), false, 1],
  ["a folder that can't be read", report([well], { problems: [folder] }), false, 1],
  ["interrupted, whatever else", report([failed, unreached, altered], { interrupted: true }), true, 130],
];

test.each(cases)("%s", (_what, run, expectNoChanges, code) => {
  expect(exitCode(run, { expectNoChanges })).toBe(code);
});
