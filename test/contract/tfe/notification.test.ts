import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { fetchUnverified } from "../../../providers/http/fetch-unverified.ts";
import { configure } from "../../../providers/tfe/notification-implementation.ts";
import { checkTfe } from "../../../providers/tfe/preflight.ts";
import { findTfeId } from "../../../providers/tfe/find-ids.ts";
import { apiOf, path, serverFrom } from "../../../providers/tfe/api.ts";
import { TfeUnderTest, type Thing } from "./tfe-under-test.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];

let tfe: TfeUnderTest;
let workspace: Thing;
let implementation: Implementation;
let inputs: Inputs;
const list = (): Promise<Thing[]> => tfe.list(`/workspaces/${workspace.id}/notification-configurations`);

beforeAll(async () => {
  tfe = await TfeUnderTest.start();
  workspace = await tfe.makeWorkspace("hooks");
  implementation = configure(tfe.environment);
});
afterAll(() => tfe.close());
beforeEach(async () => {
  for (const { id } of await list()) await tfe.call("DELETE", `/notification-configurations/${id}`);
  inputs = implementation.inputs.parse({
    workspace: workspace.id,
    name: "catalog",
    url: "https://example.com/hook?key=1",
    token: "first",
    triggers: ["run:errored", "run:completed"],
    enabled: false,
  });
});

test("it is made, read, changed and deleted", async () => {
  const { id, outputs } = await implementation.create(inputs);
  expect(await implementation.read(id, outputs)).toEqual(inputs);
  expect((await list())[0]?.attributes).toMatchObject({
    name: "catalog (Tenantry)",
    "destination-type": "generic",
  });
  const news = { ...inputs, triggers: ["run:created"], token: "second" };
  await implementation.update(id, outputs, news);
  expect(await implementation.read(id, news)).toEqual(news);
  await implementation.delete(id, news);
  await implementation.delete(id, news);
  expect(await implementation.read(id, news)).toBeUndefined();
  await expect(implementation.update(id, news, inputs)).rejects.toMatchObject({
    code: "notification-missing",
  });
});

test("what is changed by hand is read", async () => {
  const { id, outputs } = await implementation.create(inputs);
  const mine = { name: "mine", url: "https://example.com/other", triggers: ["run:planning"] };
  await tfe.change(`/notification-configurations/${id}`, "notification-configurations", mine);
  expect(await implementation.read(id, outputs)).toMatchObject(mine);
});

test("a second try finds what the first one made, and leaves one; what people made stays", async () => {
  const where = `/workspaces/${workspace.id}/notification-configurations`;
  const byHand = {
    name: "catalog",
    "destination-type": "generic",
    url: "https://example.com/x",
    enabled: false,
  };
  await tfe.make(where, "notification-configurations", byHand);
  const first = await implementation.create(inputs);
  await tfe.make(where, "notification-configurations", { ...byHand, name: "catalog (Tenantry)" });
  const second = await implementation.create({ ...inputs, triggers: ["run:created"] });
  const all = await list();
  expect(all.map(({ attributes }) => attributes["name"]).sort()).toEqual(["catalog", "catalog (Tenantry)"]);
  expect(second.id).toBe(first.id);
  expect((await implementation.read(second.id, second.outputs))?.triggers).toEqual(["run:created"]);
});

test("an answer that gets lost makes no second one", async () => {
  const global = globalThis.fetch;
  let lost = 0;
  const { url, organization, token } = serverFrom(tfe.environment);
  // Where the certificate is known, calls go by Node's own fetch.
  globalThis.fetch = async (input, init) => {
    const answer = await (tfe.real ? global : fetchUnverified)(input, init);
    if (init?.method === "POST" && lost++ === 0)
      throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    return answer;
  };
  try {
    const host = url.replace("https://", "");
    const verified = { TFE_HOSTNAME: host, TFE_ORGANIZATION: organization, TFE_TOKEN: token };
    await configure(verified).create(inputs);
  } finally {
    globalThis.fetch = global;
  }
  expect(lost).toBe(1);
  expect(await list()).toHaveLength(1);
});

test("the preflight tells a wrong token, an unknown organization and another server apart", async () => {
  await checkTfe(tfe.environment);
  const wrong = (more: Record<string, string>): Promise<void> => checkTfe({ ...tfe.environment, ...more });
  await expect(wrong({ TFE_TOKEN: "wrong" })).rejects.toMatchObject({ code: "wrong-token" });
  await expect(wrong({ TFE_ORGANIZATION: `${tfe.run}-nobody` })).rejects.toMatchObject({
    code: "organization-unknown",
  });
  await expect(wrong({ TFE_TOKEN: "" })).rejects.toMatchObject({ code: "credentials-missing" });
  await expect(wrong({ TFE_HOSTNAME: "127.0.0.1:9" })).rejects.toMatchObject({ code: "server-unreachable" });
});

test("what a killed run made is found by what nobody else can have", async () => {
  const api = apiOf(serverFrom(tfe.environment));
  const find = (type: string, inputs: Record<string, unknown>): Promise<string | undefined> =>
    findTfeId(api, { type: `tfe:index/${type}`, inputs });
  const organization = tfe.organization;
  const project = await tfe.makeProject();
  const other = await tfe.makeWorkspace("other");
  const of = path`/organizations/${organization}`;
  const team = await tfe.make(`${of}/teams`, "teams", { name: `${tfe.run}-team` });
  const set = await tfe.make(`${of}/varsets`, "varsets", { name: `${tfe.run}-set` });
  const variable = { key: "a", value: "1", category: "env" };
  const [own, shared] = [
    await tfe.make(`/workspaces/${workspace.id}/vars`, "vars", variable),
    await tfe.make(`/varsets/${set.id}/relationships/vars`, "vars", variable),
  ];
  const relation = (type: string, id: string): { data: object } => ({ data: { type, id } });
  const trigger = await tfe.make(
    `/workspaces/${workspace.id}/run-triggers`,
    "run-triggers",
    {},
    {
      sourceable: relation("workspaces", other.id),
    },
  );
  const access = await tfe.make(
    "/team-projects",
    "team-projects",
    { access: "read" },
    {
      team: relation("teams", team.id),
      project: relation("projects", project.id),
    },
  );
  const named = (thing: Thing): object => ({ organization, name: thing.attributes["name"] });
  expect(await find("project:Project", { ...named(project) })).toBe(project.id);
  expect(await find("workspace:Workspace", { ...named(workspace) })).toBe(workspace.id);
  expect(await find("team:Team", { ...named(team) })).toBe(team.id);
  expect(await find("variableSet:VariableSet", { ...named(set) })).toBe(set.id);
  expect(await find("variable:Variable", { key: "a", category: "env", workspaceId: workspace.id })).toBe(
    own.id,
  );
  expect(await find("variable:Variable", { key: "a", category: "env", variableSetId: set.id })).toBe(
    shared.id,
  );
  expect(
    await find("variable:Variable", { key: "a", category: "terraform", variableSetId: set.id }),
  ).toBeUndefined();
  expect(await find("runTrigger:RunTrigger", { workspaceId: workspace.id, sourceableId: other.id })).toBe(
    trigger.id,
  );
  expect(await find("teamProjectAccess:TeamProjectAccess", { teamId: team.id, projectId: project.id })).toBe(
    access.id,
  );
  expect(await find("workspace:Workspace", { organization, name: `${tfe.run}-none` })).toBeUndefined();
  expect(await find("projectVariableSet:ProjectVariableSet", {})).toBeUndefined();
});
