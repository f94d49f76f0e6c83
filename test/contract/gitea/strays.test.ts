import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { gitea } from "../../../providers/gitea/system.ts";
import { type Tenant, tenant as model } from "../../../schema/tenant.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";

const id = unique("stray");
const person = { firstName: "A", lastName: "B" };
const tenant: Tenant = model.parse({
  version: 1,
  id,
  name: "Strays",
  plan: "basic",
  region: "eu",
  services: { sourceControl: true },
  teams: [{ id: "payments" }],
  users: [
    { ...person, role: "tenant_admin", email: `ada@${id}.example`, teams: ["payments"] },
    { ...person, role: "developer", email: `ben@${id}.example` },
  ],
  sourceControl: {
    repositories: [
      { name: "Portal", teams: { payments: "write" } },
      { name: "docs", teams: { payments: "read" } },
    ],
  },
});
const [ada, ben, eve] = [`${id}_ada`, `${id}_ben`, `${id}_eve`];
const outsider = unique("outsider");

let probe: GiteaProbe;
const strays = async (): Promise<unknown> =>
  gitea.strays?.(tenant, process.env, () => Promise.resolve([tenant]));
const account = async (username: string): Promise<void> => {
  const body = { username, email: `${username}@x.example`, password: "theirs-A1-theirs" };
  await probe.call("POST", "/admin/users", body);
};
const teams = new Map<string, unknown>();
const team = async (name: string, ...members: readonly string[]): Promise<void> => {
  const body = { name, permission: "read", units_map: { "repo.code": "read" } };
  teams.set(name, (await probe.call("POST", `/orgs/${id}/teams`, body))["id"]);
  for (const member of members) await join(name, member);
};
const join = async (name: string, member: string): Promise<void> => {
  await probe.call("PUT", `/teams/${String(teams.get(name))}/members/${member}`);
};
const wipe = (): Promise<void> => probe.remove({ organizations: [id], users: [ada, ben, eve, outsider] });

beforeAll(async () => {
  probe = await GiteaProbe.start();
});
beforeEach(async () => {
  await wipe();
  await probe.makeOrganization(id);
  for (const each of [ada, ben]) await account(each);
  for (const name of ["portal", "docs"])
    await probe.call("POST", `/orgs/${id}/repos`, { name, auto_init: true });
  await team("admins", ada);
  await team("developers", ben);
  await team("payments", ada);
  await team("payments-write", ada);
});
afterAll(wipe);

test("what the file says, and the account that made the organization, is no stray", async () => {
  expect(await strays()).toEqual([]);
});

test("members of teams: outsiders, people in others' teams, teams that nobody declared, owners", async () => {
  await account(outsider);
  await join("payments", outsider);
  await join("admins", ben);
  await team("payments-admin", ada);
  const owners = (await probe.list(`/orgs/${id}/teams`)).find(({ name }) => name === "Owners");
  await probe.call("PUT", `/teams/${String(owners?.["id"])}/members/${ben}`);
  expect(await strays()).toEqual(
    [
      `account ${outsider} in team payments`,
      `account ${ada} in team payments-admin`,
      `account ${ben} in team Owners`,
      `account ${ben} in team admins`,
    ].sort(),
  );
});

test("repositories, and people who were let into one by themselves", async () => {
  await account(outsider);
  await probe.call("POST", `/orgs/${id}/repos`, { name: "beside", auto_init: true });
  await probe.call("PUT", `/repos/${id}/portal/collaborators/${outsider}`, { permission: "write" });
  expect(await strays()).toEqual(["repository beside", `account ${outsider} in repository portal`]);
});

test("accounts under the tenant's name, unless they are shut", async () => {
  await account(eve);
  expect(await strays()).toEqual([`account ${eve}`]);
  await probe.editUser(eve, { prohibit_login: true });
  expect(await strays()).toEqual([]);
});

test("without the organization, accounts are looked at all the same", async () => {
  await account(eve);
  await probe.remove({ organizations: [id] });
  expect(await strays()).toEqual([`account ${eve}`]);
});
