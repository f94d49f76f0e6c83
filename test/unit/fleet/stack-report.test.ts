import { expect, test } from "@jest/globals";
import { engineEvent } from "../../../fleet/engine-events.ts";
import { StackReport, typeName, type ResourceStep } from "../../../fleet/stack-report.ts";

const urn = (type: string, name: string) =>
  `urn:pulumi:local.acme::tenantry::tenantry:index:Tenant$${type}::${name}`;
const realm = "keycloak:index/realm:Realm";

function reportOf(...events: object[]): { report: StackReport; steps: ResourceStep[] } {
  const steps: ResourceStep[] = [];
  const report = new StackReport((step) => steps.push(step));
  for (const event of events) report.add(engineEvent.parse({ timestamp: 1, ...event }));
  return { report, steps };
}

const pre = (op: string, type: string, name: string) => ({
  resourcePreEvent: { metadata: { op, type, urn: urn(type, name) } },
});
const done = (op: string, type: string, name: string) => ({
  resOutputsEvent: { metadata: { op, type, urn: urn(type, name) } },
});

test("steps are announced, and counted once they are done", () => {
  const { report, steps } = reportOf(pre("create", realm, "acme"), done("create", realm, "acme"), {
    summaryEvent: { resourceChanges: { create: 1, same: 4 } },
  });
  expect(steps.map(({ phase, name }) => `${phase} ${name}`)).toEqual(["started acme", "done acme"]);
  expect(report.changes.map(({ change, type, name }) => ({ change, type, name }))).toEqual([
    { change: "create", type: realm, name: "acme" },
  ]);
  expect(report.unchanged).toBe(4);
});

test("a component's second outputs event, the stack itself and unchanged resources are no changes", () => {
  const { report } = reportOf(
    done("create", "tenantry:index:Tenant", "acme"),
    done("create", "tenantry:index:Tenant", "acme"),
    done("create", "pulumi:pulumi:Stack", "tenantry-local.acme"),
    done("same", realm, "acme"),
    done("refresh", realm, "acme"),
  );
  expect(report.changes.map(({ name }) => name)).toEqual(["acme"]);
});

test("a replacement is one change", () => {
  const { report } = reportOf(
    done("create-replacement", realm, "acme"),
    done("replace", realm, "acme"),
    done("delete-replaced", realm, "acme"),
  );
  expect(report.changes.map(({ change }) => change)).toEqual(["replace"]);
});

test("a failed step is announced and not counted", () => {
  const { report, steps } = reportOf(pre("create", realm, "acme"), {
    resOpFailedEvent: { metadata: { op: "create", type: realm, urn: urn(realm, "acme") } },
  });
  expect(steps.map(({ phase }) => phase)).toEqual(["started", "failed"]);
  expect(report.changes).toEqual([]);
});

test("diagnostics keep errors and warnings, without what only follows from them", () => {
  const { report } = reportOf(
    { diagnosticEvent: { message: "chatter\n", severity: "info#err" } },
    { diagnosticEvent: { message: "role exists\n", severity: "error", urn: urn(realm, "acme") } },
    { diagnosticEvent: { message: "update failed\n", severity: "error" } },
    {
      diagnosticEvent: {
        message:
          "the program failed: Error: resource acme-realm [keycloak:index/realm:Realm] failed to register\n    at rpc\n",
        severity: "error",
      },
    },
    { diagnosticEvent: { message: "careful\n", severity: "warning", urn: "" } },
  );
  expect(report.diagnostics).toEqual([
    { severity: "error", message: "role exists", urn: urn(realm, "acme") },
    { severity: "warning", message: "careful" },
  ]);
  expect(report.pendingOperations).toBe(false);
});

test("an interrupted former run is noticed", () => {
  const { report } = reportOf({
    diagnosticEvent: {
      message: "Attempting to deploy or update resources with 1 pending operations from previous deployment.",
      severity: "warning",
    },
  });
  expect(report.pendingOperations).toBe(true);
});

test.each([
  [realm, "keycloak Realm"],
  ["postgresql:index/role:Role", "postgresql Role"],
  ["pulumi-nodejs:dynamic/postgresql:Login", "postgresql Login"],
  ["tenantry:index:Tenant", "tenantry Tenant"],
])("%s is called %s", (token, name) => {
  expect(typeName(token)).toBe(name);
});
