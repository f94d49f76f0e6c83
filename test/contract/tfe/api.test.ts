/** What Tenantry relies on in Terraform Cloud's API, written from its public documentation. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { path } from "../../../providers/tfe/api.ts";
import { TfeUnderTest, type Thing } from "./tfe-under-test.ts";

let tfe: TfeUnderTest;
let project: Thing;
let workspace: Thing;
let organization: string;
beforeAll(async () => {
  tfe = await TfeUnderTest.start();
  organization = path`/organizations/${tfe.organization}`;
  project = await tfe.makeProject();
  workspace = await tfe.makeWorkspace(
    "main",
    { "auto-apply": true, "working-directory": "environments/dev", "terraform-version": "1.9.8" },
    { project: { data: { type: "projects", id: project.id } } },
  );
});
afterAll(() => tfe.close());

const named = (name: string): string => `${tfe.run}-${name}`;
const problem = (detail: RegExp, status = "422"): unknown => ({
  errors: [expect.objectContaining({ status, detail: expect.stringMatching(detail) as unknown })],
});

test("clients find the API, and learn what answers", async () => {
  const { body, headers } = await tfe.fetch("/.well-known/terraform.json");
  expect(headers.get("content-type")).toMatch(/^application\/json/);
  expect(body).toMatchObject({ "tfe.v2": "/api/v2/", "tfe.v2.2": "/api/v2/" });
  const ping = await tfe.fetch("/api/v2/ping");
  expect(ping.headers.get("tfp-api-version")).toMatch(/^2\.\d+$/);
});

test("nobody gets in without the token, and learns nothing", async () => {
  for (const where of [organization, `/workspaces/${workspace.id}`, "/workspaces/ws-0000000000000000"]) {
    const { status, body } = await tfe.call("GET", where, undefined, "wrong");
    expect({ status, body }).toEqual({
      status: 401,
      body: { errors: [expect.objectContaining({ status: "401" })] },
    });
  }
});

test.each([
  "/projects/prj-0000000000000000",
  "/workspaces/ws-0000000000000000",
  "/teams/team-0000000000000000",
])("%s isn't there", async (where) => {
  const { status, body } = await tfe.call("GET", where);
  expect(status).toBe(404);
  expect(body).toEqual({ errors: [expect.objectContaining({ status: "404", title: "not found" })] });
});

test("ids look as they do, and relationships name what they belong to", () => {
  expect(project.id).toMatch(/^prj-[A-Za-z0-9]{16}$/);
  expect(workspace.id).toMatch(/^ws-[A-Za-z0-9]{16}$/);
  expect(workspace.relationships).toMatchObject({
    project: { data: { id: project.id, type: "projects" } },
    organization: { data: { id: tfe.organization, type: "organizations" } },
  });
});

test("a workspace has what it was given, and defaults", async () => {
  expect(await tfe.read(`${organization}/workspaces/${named("main")}`)).toMatchObject({
    id: workspace.id,
    attributes: {
      name: named("main"),
      "auto-apply": true,
      "working-directory": "environments/dev",
      "terraform-version": "1.9.8",
      "execution-mode": "remote",
      "speculative-enabled": true,
      "vcs-repo": null,
      "tag-names": [],
      permissions: { "can-force-delete": true },
    },
    links: { "self-html": `/app/${tfe.organization}/workspaces/${named("main")}` },
  });
  const changed = await tfe.change(`/workspaces/${workspace.id}`, "workspaces", { "auto-apply": false });
  expect(changed.attributes).toMatchObject({ "auto-apply": false, "working-directory": "environments/dev" });
});

test.each([
  ["workspaces", "workspaces", () => ({ name: named("main") })],
  ["projects", "projects", () => ({ name: `${tfe.run} project` })],
])("a name is used once among %s", async (kind, type, attributes) => {
  const { status, body } = await tfe.call("POST", `${organization}/${kind}`, {
    data: { type, attributes: attributes() },
  });
  expect(status).toBe(422);
  expect(body).toEqual(problem(/taken/i));
});

test("what can't be is refused with the attribute at fault", async () => {
  const { status, body } = await tfe.call("POST", `${organization}/workspaces`, {
    data: { type: "workspaces", attributes: { name: "not a name" } },
  });
  expect(status).toBe(422);
  expect(body).toMatchObject({ errors: [{ status: "422", source: { pointer: "/data/attributes/name" } }] });
});

test("lists come page by page", async () => {
  for (const name of ["page-a", "page-b", "page-c"]) await tfe.makeWorkspace(name);
  const where = `${organization}/workspaces?search[name]=${named("page")}`;
  const { body } = await tfe.call("GET", `${where}&page[size]=2&page[number]=2`);
  expect(body).toMatchObject({
    data: [{ attributes: { name: named("page-c") } }],
    meta: {
      pagination: {
        "current-page": 2,
        "prev-page": 1,
        "next-page": null,
        "total-pages": 2,
        "total-count": 3,
      },
    },
  });
  expect(await tfe.list(where)).toHaveLength(3);
});

test("tags are added, found by and taken away", async () => {
  const [wanted, other] = [`tenant:${tfe.run}`, `env:${tfe.run}`];
  const tags = `/workspaces/${workspace.id}/relationships/tags`;
  const tag = (name: string): unknown => ({ type: "tags", attributes: { name } });
  expect(await tfe.call("POST", tags, { data: [tag(wanted), tag(other)] })).toMatchObject({ status: 204 });
  const found = await tfe.list(`${organization}/workspaces?search[tags]=${wanted},${other}`);
  expect(found.map(({ id }) => id)).toEqual([workspace.id]);
  expect(await tfe.call("DELETE", tags, { data: [tag(other)] })).toMatchObject({ status: 204 });
  expect((await tfe.read(`/workspaces/${workspace.id}`))?.attributes["tag-names"]).toEqual([wanted]);
  expect(await tfe.list(`${organization}/workspaces?search[tags]=${other}`)).toEqual([]);
});

test("a sensitive variable's value is never given back", async () => {
  const where = `/workspaces/${workspace.id}/vars`;
  const attributes = { key: "token", value: "hush", category: "env", sensitive: true };
  const made = await tfe.make(where, "vars", attributes);
  const open = await tfe.make(where, "vars", { key: "region", value: "eu", category: "terraform" });
  const seen = [made, await tfe.read(`${where}/${made.id}`), ...(await tfe.list(where))];
  expect(JSON.stringify(seen)).not.toContain("hush");
  expect(made.attributes).toMatchObject({ key: "token", value: null, sensitive: true });
  expect(open.attributes).toMatchObject({ key: "region", value: "eu", sensitive: false });
  const again = await tfe.call("POST", where, { data: { type: "vars", attributes } });
  expect(again).toMatchObject({ status: 422, body: problem(/taken/i) });
});

test("variable sets have variables, and are applied to projects and workspaces", async () => {
  const made = await tfe.make(`${organization}/varsets`, "varsets", { name: named("set"), global: false });
  expect(made.id).toMatch(/^varset-[A-Za-z0-9]{16}$/);
  const variables = `/varsets/${made.id}/relationships/vars`;
  const variable = await tfe.make(variables, "vars", { key: "a", value: "1", category: "terraform" });
  expect((await tfe.list(variables)).map(({ id }) => id)).toEqual([variable.id]);
  for (const [kind, id] of [
    ["projects", project.id],
    ["workspaces", workspace.id],
  ] as const) {
    const data = [{ type: kind, id }];
    expect(await tfe.call("POST", `/varsets/${made.id}/relationships/${kind}`, { data })).toMatchObject({
      status: 204,
    });
    expect((await tfe.read(`/varsets/${made.id}?include=${kind}`))?.relationships?.[kind]?.data).toEqual([
      { id, type: kind },
    ]);
    expect(await tfe.call("DELETE", `/varsets/${made.id}/relationships/${kind}`, { data })).toMatchObject({
      status: 204,
    });
  }
  expect(await tfe.call("DELETE", `/varsets/${made.id}`)).toMatchObject({ status: 204 });
  expect(await tfe.read(`/varsets/${made.id}`)).toBeUndefined();
});

test("notification configurations may have one name twice; their token is never given back", async () => {
  const where = `/workspaces/${workspace.id}/notification-configurations`;
  const attributes = {
    name: "hook",
    "destination-type": "generic",
    url: "https://example.com/hook",
    token: "hush",
    triggers: ["run:completed"],
    enabled: false,
  };
  const [one, other] = [
    await tfe.make(where, "notification-configurations", attributes),
    await tfe.make(where, "notification-configurations", attributes),
  ];
  expect(one.id).toMatch(/^nc-[A-Za-z0-9]{16}$/);
  expect(one.relationships?.["subscribable"]?.data).toEqual({ id: workspace.id, type: "workspaces" });
  const all = await tfe.list(where);
  expect(all.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
  expect(JSON.stringify(all)).not.toContain("hush");
  const changed = await tfe.change(`/notification-configurations/${one.id}`, "notification-configurations", {
    triggers: ["run:errored"],
  });
  expect(changed.attributes).toMatchObject({ triggers: ["run:errored"], url: "https://example.com/hook" });
  for (const { id } of all) await tfe.call("DELETE", `/notification-configurations/${id}`);
  expect(await tfe.list(where)).toEqual([]);
});

test("a run trigger joins two workspaces once", async () => {
  const source = await tfe.makeWorkspace("source");
  const where = `/workspaces/${workspace.id}/run-triggers`;
  const relationships = { sourceable: { data: { type: "workspaces", id: source.id } } };
  const made = await tfe.make(where, "run-triggers", {}, relationships);
  const inbound = await tfe.list(`${where}?filter[run-trigger][type]=inbound`);
  expect(inbound.map(({ id, relationships: its }) => [id, its?.["sourceable"]?.data])).toEqual([
    [made.id, { id: source.id, type: "workspaces" }],
  ]);
  const again = await tfe.call("POST", where, { data: { type: "run-triggers", relationships } });
  expect(again.status).toBe(422);
  expect(await tfe.call("DELETE", `/run-triggers/${made.id}`)).toMatchObject({ status: 204 });
});

test("teams have access to projects", async () => {
  const team = await tfe.make(`${organization}/teams`, "teams", { name: named("developers") });
  const relationships = {
    team: { data: { type: "teams", id: team.id } },
    project: { data: { type: "projects", id: project.id } },
  };
  const access = await tfe.make("/team-projects", "team-projects", { access: "write" }, relationships);
  const all = await tfe.list(`/team-projects?filter[project][id]=${project.id}`);
  expect(all).toContainEqual(expect.objectContaining({ id: access.id }));
  expect(
    (await tfe.change(`/team-projects/${access.id}`, "team-projects", { access: "read" })).attributes,
  ).toMatchObject({
    access: "read",
  });
  await tfe.call("DELETE", `/teams/${team.id}`);
  expect(await tfe.read(`/team-projects/${access.id}`)).toBeUndefined();
});

test("a state's outputs can be read, all but the sensitive ones", async () => {
  const { id } = await tfe.makeWorkspace("state");
  const state = JSON.stringify({
    version: 4,
    terraform_version: "1.9.8",
    serial: 1,
    lineage: "8d7f0a3e-3e8b-4c60-8f11-2f1a0b1c2d3e",
    outputs: {
      business_unit: { value: "finance", type: "string" },
      secret: { value: "hush", type: "string", sensitive: true },
    },
    resources: [],
  });
  const attributes = {
    serial: 1,
    lineage: "8d7f0a3e-3e8b-4c60-8f11-2f1a0b1c2d3e",
    md5: createHash("md5").update(state).digest("hex"),
    state: Buffer.from(state).toString("base64"),
  };
  expect((await tfe.call("GET", `/workspaces/${id}/current-state-version`)).status).toBe(404);
  const body = { data: { type: "state-versions", attributes } };
  expect((await tfe.call("POST", `/workspaces/${id}/state-versions`, body)).status).toBe(409);
  await tfe.call("POST", `/workspaces/${id}/actions/lock`, { reason: "test" });
  await tfe.make(`/workspaces/${id}/state-versions`, "state-versions", attributes);
  await tfe.call("POST", `/workspaces/${id}/actions/unlock`);
  // Terraform Cloud looks into a state some time after it has taken it.
  let outputs: readonly Thing[] = [];
  while (outputs.length === 0) outputs = await tfe.list(`/workspaces/${id}/current-state-version-outputs`);
  expect(outputs.map(({ attributes: { name, value, sensitive } }) => ({ name, value, sensitive }))).toEqual([
    { name: "business_unit", value: "finance", sensitive: false },
    { name: "secret", value: null, sensitive: true },
  ]);
});

test("a workspace goes with everything in it; a project only when it is empty", async () => {
  const own = await tfe.makeProject(`${tfe.run} gone`);
  const inside = await tfe.makeWorkspace("gone", {}, { project: { data: { type: "projects", id: own.id } } });
  expect((await tfe.call("DELETE", `/projects/${own.id}`)).status).toBeGreaterThanOrEqual(400);
  expect(await tfe.call("POST", `/workspaces/${inside.id}/actions/safe-delete`)).toMatchObject({
    status: 204,
  });
  expect(await tfe.read(`/workspaces/${inside.id}`)).toBeUndefined();
  expect(await tfe.call("DELETE", `/projects/${own.id}`)).toMatchObject({ status: 204 });
});
