import { expect, test } from "@jest/globals";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { merge } from "../../../schema/merge.ts";
import { problemLine } from "../../../schema/print-problems.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const acme = "version: 1\nid: acme\nname: Acme\nplan: basic\n";
const linesOf = async (files: Record<string, string>): Promise<string[]> =>
  (await loadFleet(tenantsFolder(files))).problems.map(problemLine);

test.each([
  ["a map is merged key by key", { a: { x: 1, y: 1 } }, { a: { y: 2, z: 2 } }, { a: { x: 1, y: 2, z: 2 } }],
  ["a list replaces", { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
  ["an empty list replaces too", { a: [1] }, { a: [] }, { a: [] }],
  ["a scalar replaces a map", { a: { x: 1 } }, { a: 1 }, { a: 1 }],
  ["a map replaces a scalar", { a: 1 }, { a: { x: 1 } }, { a: { x: 1 } }],
  ["null replaces, it does not remove", { a: 1 }, { a: null }, { a: null }],
  ["a key of the prototype is no key", {}, { toString: { x: 1 } }, { toString: { x: 1 } }],
])("%s", (_name, general, specific, merged) => {
  const before = structuredClone([general, specific]);
  expect(merge(general, specific)).toEqual(merged);
  expect([general, specific]).toEqual(before);
});

test("the tenant's file wins over its plan, the plan over the defaults, and each value knows its file", () => {
  const dir = tenantsFolder({
    "defaults.yaml":
      "region: eu\nidentity:\n  sessions:\n    idle: 10m\n    max: 9h\n  tokens: {access: 3m}\n",
    "plans/basic.yaml": "database:\n  connectionLimit: 7\nidentity:\n  sessions: {idle: 20m}\n",
    "acme.yaml": `${acme}identity:\n  sessions:\n    max: 8h\n`,
  });
  const result = loadTenant(dir, "acme");
  if (!result.valid) throw new Error("not valid");
  const { tenant, locate } = result.loaded;
  expect(tenant).toMatchObject({
    region: "eu",
    database: { connectionLimit: 7 },
    identity: { sessions: { idle: "20m", max: "8h" }, tokens: { access: "3m" } },
  });
  expect(locate(["region"])).toEqual({ file: "tenants/defaults.yaml", line: 1, column: 9 });
  expect(locate(["identity", "sessions", "idle"])).toEqual({
    file: "tenants/plans/basic.yaml",
    line: 4,
    column: 20,
  });
  expect(locate(["identity", "sessions", "max"])).toEqual({ file: "tenants/acme.yaml", line: 7, column: 10 });
  expect(locate(["database", "connectionLimit"])).toEqual({
    file: "tenants/plans/basic.yaml",
    line: 2,
    column: 20,
  });
  // In no file at all: the nearest map around it.
  expect(locate(["identity", "bruteForce", "lockout"])).toEqual({
    file: "tenants/acme.yaml",
    line: 6,
    column: 3,
  });
});

test("mistakes in defaults and plans are told once, there, however many tenants use them", async () => {
  const lines = await linesOf({
    "defaults.yaml": "regoin: eu\nregion: EU\n",
    "plans/basic.yaml": "database: {connectionLimit: many}\n",
    "acme.yaml": acme,
    "beta.yaml": acme.replace("id: acme", "id: beta"),
  });
  expect(lines).toEqual([
    "tenants/defaults.yaml:1:1 regoin: unknown key; allowed: region, services, database, identity, collaboration, workspaces, sourceControl, delivery, invitations, drift; did you mean region?",
    'tenants/defaults.yaml:2:9 region: "EU" is not a region such as europe-west1; did you mean eu?',
    'tenants/plans/basic.yaml:1:29 database.connectionLimit: "many" is not a number',
  ]);
});

test("a tenant is not valid while a layer under it is not", () => {
  const dir = tenantsFolder({ "plans/basic.yaml": "region: [\n", "acme.yaml": `${acme}region: eu\n` });
  const result = loadTenant(dir, "acme");
  expect(result.valid ? [] : result.problems.map(({ file }) => file)).toEqual(["tenants/plans/basic.yaml"]);
});

test("defaults and plans can't name what is one tenant's", async () => {
  const lines = await linesOf({
    "defaults.yaml": "region: eu\ndatabase: {name: all}\nid: x\nidentity: {realm: all}\n",
    "plans/basic.yaml":
      "collaboration: {team: all, adopt: true}\nworkspaces: {organization: all}\nsourceControl: {organization: all}\ncrm: {}\n",
  });
  expect(lines.map((line) => line.split(";")[0])).toEqual([
    "tenants/defaults.yaml:2:12 database.name: unknown key",
    "tenants/defaults.yaml:3:1 id: unknown key",
    "tenants/defaults.yaml:4:12 identity.realm: unknown key",
    "tenants/plans/basic.yaml:1:17 collaboration.team: unknown key",
    "tenants/plans/basic.yaml:1:28 collaboration.adopt: unknown key",
    "tenants/plans/basic.yaml:2:14 workspaces.organization: unknown key",
    "tenants/plans/basic.yaml:3:17 sourceControl.organization: unknown key",
    "tenants/plans/basic.yaml:4:1 crm: unknown key",
  ]);
});

test("plans say which systems people have, and what is in them", async () => {
  const files = {
    "defaults.yaml": "region: eu\n",
    "plans/basic.yaml":
      "services: {collaboration: true}\ncollaboration:\n  channels: [{name: general}]\n  webhooks: [{name: Alerts, channel: general}]\n",
    "acme.yaml": acme,
  };
  expect(await linesOf(files)).toEqual([]);
  const result = loadTenant(tenantsFolder(files), "acme");
  expect(result).toMatchObject({ valid: true, loaded: { tenant: { services: { collaboration: true } } } });
});

test("what a tenant takes away from under its plan's values is told in the tenant's file, once for each tenant", async () => {
  const lines = await linesOf({
    "defaults.yaml": "region: eu\n",
    "plans/basic.yaml":
      "collaboration:\n  channels: [{name: general}]\n  webhooks: [{name: Alerts, channel: general}]\n",
    "acme.yaml": `${acme}collaboration: {channels: []}\n`,
    "beta.yaml": acme.replace("id: acme", "id: beta"),
  });
  expect(lines).toEqual([
    'tenants/acme.yaml:5:16 collaboration.webhooks[0].channel: "general" is not one of this tenant\'s channels; see tenants/plans/basic.yaml:3:38',
  ]);
});

test("a plan's own broken reference is told once, in the plan", async () => {
  const lines = await linesOf({
    "defaults.yaml": "region: eu\n",
    "plans/basic.yaml": "collaboration: {webhooks: [{name: Alerts, channel: general}]}\n",
    "acme.yaml": acme,
    "beta.yaml": acme.replace("id: acme", "id: beta"),
  });
  expect(lines).toEqual([
    'tenants/plans/basic.yaml:1:52 collaboration.webhooks[0].channel: "general" is not one of this tenant\'s channels',
  ]);
});

test("a rule between a tenant's value and its plan's names both places", async () => {
  const lines = await linesOf({
    "defaults.yaml": "region: eu\n",
    "plans/basic.yaml": "identity: {sessions: {max: 8h}}\n",
    "acme.yaml": `${acme}identity: {sessions: {idle: 9h}}\n`,
  });
  expect(lines).toEqual([
    "tenants/acme.yaml:5:29 identity.sessions.idle: 9h is longer than the longest session, `max: 8h`; see tenants/plans/basic.yaml:1:28",
  ]);
});

test("a rule that a tenant breaks with its plan's value is never silent", async () => {
  const lines = await linesOf({
    "defaults.yaml": "region: eu\n",
    "plans/basic.yaml": "identity: {sessions: {idle: 9h}}\n",
    "acme.yaml": `${acme}identity: {sessions: {max: 8h}}\n`,
  });
  expect(lines).toEqual([
    "tenants/acme.yaml:5:28 identity.sessions.idle: 9h is longer than the longest session, `max: 8h`; see tenants/plans/basic.yaml:1:29",
  ]);
});

test("a plan without a file, and a file without a plan", async () => {
  const { rmSync } = await import("node:fs");
  const dir = tenantsFolder({ "acme.yaml": `${acme}region: eu\n`, "plans/basics.yaml": "{}" });
  rmSync(`${dir}/plans/basic.yaml`);
  expect((await loadFleet(dir)).problems.map(problemLine)).toEqual([
    "tenants/acme.yaml:4:7 plan: there is no file tenants/plans/basic.yaml for this plan",
    "tenants/plans/basics.yaml:1:1: belongs to no plan; allowed: basic.yaml, professional.yaml, enterprise.yaml; did you mean basic.yaml?",
  ]);
});

test("broken defaults don't hide what else is wrong", async () => {
  const lines = await linesOf({ "defaults.yaml": "- region\n", "acme.yaml": `${acme}kind: x\n` });
  expect(lines).toEqual([
    "tenants/acme.yaml:1:1 region: is required",
    'tenants/acme.yaml:5:7 kind: "x" is not a kind; allowed: tenant, businessUnit',
    "tenants/defaults.yaml:1:1: holds a list; a map of keys is wanted, `key: value`",
  ]);
});
