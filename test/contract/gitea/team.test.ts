import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure as configureMember } from "../../../providers/gitea/team-member-implementation.ts";
import { configure } from "../../../providers/gitea/team-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";

type Inputs = Parameters<ReturnType<typeof configure>["create"]>[0];
type MemberInputs = Parameters<ReturnType<typeof configureMember>["create"]>[0];

const organization = unique("teams");
const person = unique("teams-ada");
const inputs: Inputs = {
  organization,
  name: "payments",
  description: "",
  permission: "write",
  allRepositories: false,
  createRepositories: false,
  repositories: ["one", "two"],
  adopt: false,
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let team: ResourceSubject<Inputs, Inputs>;
let member: ResourceSubject<MemberInputs, MemberInputs>;

const create = (news: Inputs = inputs): Promise<{ id: string; outputs: Inputs }> =>
  team.implementation.create(news);
const byHand = async (change: object = {}): Promise<string> => {
  const units = { "repo.code": "read" };
  const body = { name: "payments", permission: "read", units_map: units, ...change };
  return String((await probe.call("POST", `/orgs/${organization}/teams`, body))["id"]);
};
const named = async (): Promise<number> =>
  (await probe.list(`/orgs/${organization}/teams`)).filter(({ name }) => name === "payments").length;

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  team = new ResourceSubject(configure(process.env));
  member = new ResourceSubject(configureMember(process.env));
  await probe.makeOrganization(organization);
  for (const name of ["one", "two", "three"]) {
    await probe.call("POST", `/orgs/${organization}/repos`, { name, auto_init: true });
  }
  const email = `${person}@team.example`;
  await probe.call("POST", "/admin/users", { username: person, email, password: "theirs-A1-theirs" });
});
beforeEach(async () => {
  proxy.clear();
  for (const { id, name } of await probe.list(`/orgs/${organization}/teams`)) {
    if (name !== "Owners") await probe.call("DELETE", `/teams/${String(id)}`);
  }
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [organization], users: [person] });
});

describe("create", () => {
  test.each([
    ["read", { permission: "read" }],
    ["write", {}],
    ["admin of all repositories", { permission: "admin", allRepositories: true, createRepositories: true }],
  ])("makes a team: %s", async (_what, change) => {
    const news = { ...inputs, ...change };
    const { id, outputs } = await create(news);
    expect(await team.found(id, outputs)).toEqual(news);
    expect(await team.differs(id, outputs, news)).toBe(false);
  });

  test.each([
    ["of the team itself", { method: "POST" }],
    ["of its first repository", { method: "PUT" }],
  ])("finishes what a try began whose answer was lost: %s", async (_what, match) => {
    proxy.once(match, "cut after");
    const { id, outputs } = await configure(probe.environment(proxy.url)).create(inputs);
    expect(await team.found(id, outputs)).toEqual(inputs);
    expect(await named()).toBe(1);
    // And what a killed run left.
    expect((await create()).id).toBe(id);
  });

  test("the same one five times at once is one", async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await named()).toBe(1);
  });

  test("refuses one that is set up differently, adopts it when it is told to", async () => {
    const theirs = await byHand();
    await expect(create()).rejects.toMatchObject({
      code: "team-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    const { id, outputs } = await create({ ...inputs, adopt: true });
    expect(id).toBe(theirs);
    expect(await team.found(id, outputs)).toEqual(outputs);
  });

  test("refuses one that has people in it, though it looks the same", async () => {
    const { id } = await create();
    await probe.call("PUT", `/teams/${id}/members/${person}`);
    await expect(create()).rejects.toMatchObject({ code: "team-not-ours" });
  });

  test.each(["Owners", "owners"])("refuses the name %s", async (name) => {
    await expect(create({ ...inputs, name, adopt: true })).rejects.toMatchObject({ code: "team-not-ours" });
  });

  test("says which repository isn't there", async () => {
    await expect(create({ ...inputs, repositories: ["nowhere"] })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining(`${organization}/nowhere`),
    });
  });
});

test.each<[string, Partial<Inputs>]>([
  ["name", { name: "billing" }],
  ["description", { description: "Payments" }],
  ["permission to read", { permission: "read" }],
  ["permission to admin", { permission: "admin" }],
  ["allRepositories", { allRepositories: true }],
  ["createRepositories", { createRepositories: true }],
  ["repositories", { repositories: ["three", "two"] }],
  ["repositories to none", { repositories: [] }],
])("update changes %s, there and back", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...change };
  expect(await team.differs(id, outputs, news)).toBe(true);
  const updated = await team.implementation.update(id, outputs, news);
  expect(await team.found(id, updated)).toEqual(news);
  expect(await team.differs(id, updated, news)).toBe(false);
  await team.implementation.update(id, updated, inputs);
  expect(await team.found(id, outputs)).toEqual(inputs);
});

describe("changes by hand", () => {
  const units = { "repo.code": "write", "repo.issues": "admin" };
  test.each<[string, object, object]>([
    ["another name", { name: "x" }, { name: "x" }],
    ["a description", { description: "x" }, { description: "x" }],
    ["administrators", { permission: "admin" }, { permission: "admin" }],
    [
      "other parts",
      { permission: "write", units_map: units },
      { permission: expect.stringMatching(/^repo.code: write, repo.issues: admin, repo.pulls: none/) },
    ],
    ["may create", { can_create_org_repo: true }, { createRepositories: true }],
    ["all", { permission: "write", includes_all_repositories: true }, { allRepositories: true }],
  ])("%s: seen and repaired", async (_what, change, seen) => {
    const { id, outputs } = await create();
    await probe.call("PATCH", `/teams/${id}`, { name: "payments", ...change });
    const drifted = await team.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await team.differs(id, outputs, inputs)).toBe(true);
    await team.implementation.update(id, drifted, inputs);
    expect(await team.found(id, outputs)).toEqual(outputs);
  });

  test("a repository more and one less: seen and repaired", async () => {
    const { id, outputs } = await create();
    await probe.call("PUT", `/teams/${id}/repos/${organization}/three`);
    await probe.call("DELETE", `/teams/${id}/repos/${organization}/one`);
    const drifted = await team.found(id, outputs);
    expect(drifted.repositories).toEqual(["three", "two"]);
    await team.implementation.update(id, drifted, inputs);
    expect(await team.found(id, outputs)).toEqual(outputs);
  });

  test("removed: gone for read, told by update, deleted twice", async () => {
    const { id, outputs } = await create();
    await team.implementation.delete(id, outputs);
    await team.implementation.delete(id, outputs);
    expect(await named()).toBe(0);
    expect(await team.implementation.read(id, outputs)).toBeUndefined();
    await expect(team.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "team-missing",
    });
  });
});

describe("members", () => {
  const reads = async (): Promise<number> =>
    probe.status(
      "GET",
      `/repos/${organization}/one`,
      `Basic ${Buffer.from(`${person}:theirs-A1-theirs`).toString("base64")}`,
    );

  beforeAll(() => probe.editUser(person, { must_change_password: false, restricted: true }));

  test("who is put in has access, who is taken out has none", async () => {
    await probe.call("PATCH", `/repos/${organization}/one`, { private: true });
    expect(await reads()).toBe(404);
    const { id: of } = await create();
    const news = { team: of, username: person };
    const { id, outputs } = await member.implementation.create(news);
    expect(id).toBe(`${of}/${person}`);
    expect(await reads()).toBe(200);
    expect(await member.found(id, outputs)).toEqual(news);
    expect(await member.differs(id, outputs, news)).toBe(false);
    await member.implementation.delete(id, outputs);
    expect(await reads()).toBe(404);
    await member.implementation.delete(id, outputs);
    expect(await probe.list(`/users/${person}/orgs`)).toEqual([]);
  });

  test("who is in already is in; taken out by hand, they are put in again", async () => {
    const { id: of } = await create();
    const news = { team: of, username: person };
    await member.implementation.create(news);
    const { id, outputs } = await member.implementation.create(news);
    await probe.call("DELETE", `/teams/${of}/members/${person}`);
    expect(await member.implementation.read(id, outputs)).toBeUndefined();
    await member.implementation.create(news);
    expect(await member.found(id, outputs)).toEqual(news);
  });

  test("a lost answer is no error", async () => {
    const { id: of } = await create();
    proxy.once({ method: "PUT" }, "cut after");
    const news = { team: of, username: person };
    const { id, outputs } = await configureMember(probe.environment(proxy.url)).create(news);
    expect(await member.found(id, outputs)).toEqual(news);
  });

  test.each([
    ["team", { team: "999999999", username: person }],
    ["account", { team: undefined, username: "nobody-here" }],
  ])("says so when there is no such %s", async (_what, { team: wanted, username }) => {
    const { id: of } = await create();
    await expect(member.implementation.create({ team: wanted ?? of, username })).rejects.toMatchObject({
      code: "member-missing",
    });
  });

  test("a team that is gone takes its members with it", async () => {
    const { id: of } = await create();
    const { id, outputs } = await member.implementation.create({ team: of, username: person });
    await probe.call("DELETE", `/teams/${of}`);
    expect(await member.implementation.read(id, outputs)).toBeUndefined();
    await member.implementation.delete(id, outputs);
  });
});
