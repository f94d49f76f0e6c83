import { expect, test } from "@jest/globals";
import type { ReportedTenant } from "../../../../fleet/read-report.ts";
import { type Findings, healthOf } from "../../../../fleet/overview/health.ts";
import { problem } from "../outcomes.ts";

const looked: ReportedTenant = {
  tenant: "acme",
  result: "succeeded",
  changes: [],
  strays: [],
  ignored: 0,
  problems: [],
};
const change: ReportedTenant["changes"][number] = {
  change: "update",
  type: "a:b/c:D",
  name: "x",
  properties: [],
};
const run = (succeeded: boolean): NonNullable<Findings["stack"]>["lastUpdate"] => ({
  kind: "update",
  succeeded,
  at: "2026-11-21T02:00:00.000Z",
  changes: {},
});
const stack = { resources: 59, cutOff: false, lastUpdate: run(true) };
const asDeployed = { is: "as deployed", at: "2026-11-21T02:00:00.000Z" } as const;
const well: Findings = { status: "active", problems: [], standing: asDeployed, stack, drift: looked };

test.each<[what: string, change: Partial<Findings>, health: string, reason: string | RegExp]>([
  ["nothing to say", {}, "well", "no drift"],
  [
    "nobody looked, but what was deployed is known",
    { drift: undefined },
    "well",
    "deployed as its file says",
  ],
  ["nobody looked, nothing is known", { drift: undefined, standing: undefined }, "unknown", /nobody looked/],
  ["an error", { problems: [problem("policy-violation")] }, "failing", "policy-violation"],
  ["a warning", { problems: [problem("policy-waived", { severity: "warning" })] }, "well", "no drift"],
  ["a server is away", { problems: [problem("server-unreachable")] }, "unreachable", "server-unreachable"],
  [
    "a server is away, and an error",
    { problems: [problem("server-unreachable"), problem("x", { message: "bad\nmore", system: "Gitea" })] },
    "failing",
    "Gitea: bad",
  ],
  [
    "the last run failed",
    { stack: { ...stack, lastUpdate: run(false) } },
    "failing",
    "the last update failed",
  ],
  ["a run was killed", { stack: { ...stack, cutOff: true } }, "failing", /cut off/],
  ["a stray", { drift: { ...looked, strays: ["login x"] } }, "drifted", "1 thing in no file"],
  [
    "drift, and something to deploy",
    { drift: { ...looked, changes: [change, change] }, standing: { is: "other", at: "" } },
    "drifted",
    "2 resources differ",
  ],
  ["another file than was deployed", { standing: { is: "other", at: "" } }, "to deploy", /not those/],
  ["no stack", { stack: undefined, drift: undefined }, "to deploy", "not deployed"],
  ["an empty stack", { stack: { ...stack, resources: 0 }, drift: undefined }, "to deploy", "not deployed"],
  ["to be destroyed", { status: "destroyed", drift: undefined }, "to deploy", "marked for destruction"],
  ["destroyed", { status: "destroyed", stack: undefined, drift: undefined }, "well", /can be deleted/],
])("%s", (_what, changes, health, reason) => {
  const found = healthOf({ ...well, ...changes });
  expect(found.health).toBe(health);
  if (typeof reason === "string") expect(found.reason).toBe(reason);
  else expect(found.reason).toMatch(reason);
});
