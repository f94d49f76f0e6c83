import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { mattermost } from "../../../providers/mattermost/system.ts";
import { type Tenant, tenant as model } from "../../../schema/tenant.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";

const id = "stray-co";
const person = { firstName: "A", lastName: "B", role: "developer" };
const tenant: Tenant = model.parse({
  version: 1,
  id,
  name: "Strays",
  plan: "basic",
  region: "eu",
  services: { collaboration: true },
  teams: [{ id: "payments" }, { id: "never-made" }],
  users: [
    { ...person, email: "ada@stray-co.example", teams: ["payments"] },
    { ...person, email: "ben@stray-co.example" },
    { ...person, email: "db-only@stray-co.example", services: { collaboration: false } },
  ],
  collaboration: { channels: [{ name: "news" }], bots: [{ name: "helper", channels: ["payments"] }] },
});
const names = ["ada", "ben", "db-only", "eve", "helper"].map((name) => `${id}_${name}`);
const [ada = "", ben = "", dbOnly = "", eve = "", helper = ""] = names;
const outsider = "outsider-of-stray-co";

let probe: MattermostProbe;
let team: string;
const ids = new Map<string, string>();
const strays = async (): Promise<unknown> =>
  mattermost.strays?.(tenant, process.env, () => Promise.resolve([tenant]));
const account = async (username: string): Promise<void> => {
  const body = { username, email: `${username}@stray-co.example`, password: "theirs-A1-theirs" };
  ids.set(username, await probe.make("/users", body));
};
const join = async (username: string, ...channels: readonly string[]): Promise<void> => {
  const body = { team_id: team, user_id: ids.get(username) };
  await probe.call("POST", `/teams/${team}/members`, body);
  for (const name of channels) {
    const { id: channel } = await probe.call("GET", `/teams/${team}/channels/name/${name}`);
    await probe.call("POST", `/channels/${String(channel)}/members`, { user_id: ids.get(username) });
  }
};
const wipe = async (): Promise<void> => {
  await probe.removeTeam(id);
  for (const username of [...names, outsider]) await probe.removeUser(username);
};

beforeAll(async () => {
  probe = await MattermostProbe.start();
});
beforeEach(async () => {
  await wipe();
  team = await probe.make("/teams", { name: id, display_name: id, type: "I" });
  for (const name of ["payments", "news", "of-their-own"])
    await probe.make("/channels", { team_id: team, name, display_name: name, type: "P" });
  await account(ada);
  await account(ben);
  ids.set(helper, await probe.make("/bots", { username: helper }));
  await join(ada, "payments", "news", "of-their-own");
  await join(ben, "news", "of-their-own");
  await join(helper, "payments");
});
afterAll(wipe);

test("who is where the file says, and the account that made it all, is no stray", async () => {
  expect(await strays()).toEqual([]);
});

test("accounts under the tenant's name, in the team or not; and others in the team", async () => {
  for (const each of [eve, dbOnly, outsider]) await account(each);
  await join(dbOnly);
  await join(outsider);
  expect(await strays()).toEqual([
    `account ${eve}`,
    `account ${outsider} in the team`,
    `account ${dbOnly} in the team`,
  ]);
});

test("who is in a channel of the file that isn't theirs; who is no member at all is told once", async () => {
  await join(ben, "payments");
  await account(outsider);
  await join(outsider, "payments", "news");
  await join(helper, "news");
  expect(await strays()).toEqual([
    `account ${outsider} in the team`,
    `account ${ben} in channel payments`,
    `account ${helper} in channel news`,
  ]);
});

test("who left, and whose account is off, is no stray", async () => {
  await account(eve);
  await join(eve, "news");
  await probe.call("DELETE", `/users/${ids.get(eve) ?? ""}`);
  await account(outsider);
  await join(outsider);
  await probe.call("DELETE", `/teams/${team}/members/${ids.get(outsider) ?? ""}`);
  expect(await strays()).toEqual([]);
});

test("without the team, accounts are looked at all the same", async () => {
  await account(eve);
  await probe.removeTeam(id);
  expect(await strays()).toEqual([`account ${eve}`]);
});

test("more than a page", async () => {
  await probe.removeTeam(id);
  const crowd = Array.from({ length: 3 }, (_, index) => `${id}_crowd${index}`);
  names.push(...crowd);
  for (const each of crowd) await account(each);
  expect(await strays()).toEqual(crowd.map((each) => `account ${each}`));
});
