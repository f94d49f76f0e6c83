import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure, type ChannelInputs } from "../../../providers/mattermost/channel-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const mark = "tenantry: tenant channel-co";
const teamName = "co-channels";

let probe: MattermostProbe;
let proxy: FaultProxy;
let channel: ResourceSubject<ChannelInputs, ChannelInputs>;
let behindProxy: ResourceSubject<ChannelInputs, ChannelInputs>;
let inputs: ChannelInputs;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  channel = new ResourceSubject(configure(process.env));
  behindProxy = new ResourceSubject(configure({ ...process.env, MATTERMOST_URL: proxy.url }));
});
beforeEach(async () => {
  proxy.clear();
  await probe.removeTeam(teamName);
  const team = await probe.make("/teams", {
    name: teamName,
    display_name: "Co",
    type: "I",
    company_name: mark,
  });
  inputs = {
    team,
    name: "payments",
    displayName: "Payments",
    type: "private",
    purpose: "Money",
    header: "**Money**",
    adopt: false,
    mark,
  };
});
afterAll(async () => {
  await proxy.close();
  await probe.removeTeam(teamName);
});

const create = (change: Partial<ChannelInputs> = {}): Promise<{ id: string; outputs: ChannelInputs }> =>
  channel.implementation.create({ ...inputs, ...change });

/** An administrator who isn't the one that we work as. */
async function stranger(): Promise<string> {
  await probe.removeUser("channel-co_admin");
  const body = {
    username: "channel-co_admin",
    email: "admin@channel-co.example",
    password: "theirs-A1-theirs",
  };
  const id = await probe.make("/users", body);
  await probe.call("PUT", `/users/${id}/roles`, { roles: "system_user system_admin" });
  return String(await probe.signIn(body.username, body.password));
}

describe("create", () => {
  test.each(["private", "open"] as const)("makes an %s channel", async (type) => {
    const { id, outputs } = await create({ type });
    expect(await channel.found(id, outputs)).toEqual({ ...inputs, type });
    expect(await channel.differs(id, outputs, { ...inputs, type })).toBe(false);
    expect((await probe.call("GET", `/channels/${id}`))["type"]).toBe(type === "open" ? "O" : "P");
  });

  test("makes one channel when the answer is lost, and finishes what an earlier try began", async () => {
    proxy.once({ method: "POST", path: /\/channels$/ }, "cut after");
    const { id, outputs } = await behindProxy.implementation.create(inputs);
    expect(await channel.found(id, outputs)).toEqual(inputs);
    const again = await create({ type: "open", purpose: "More money" });
    expect(again.id).toBe(id);
    expect(await channel.found(id, again.outputs)).toEqual({
      ...inputs,
      type: "open",
      purpose: "More money",
    });
  });

  test("makes one channel when five tries meet", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test("refuses a channel that somebody else made, archived or not; takes it over when told to", async () => {
    const session = await stranger();
    const body = { team_id: inputs.team, name: inputs.name, display_name: "Theirs", type: "O" };
    const id = await probe.make("/channels", body, session);
    const refused = { code: "channel-not-ours", fix: expect.stringContaining("adopt: true") };
    await expect(create()).rejects.toMatchObject(refused);
    await probe.call("DELETE", `/channels/${id}`);
    await expect(create()).rejects.toMatchObject(refused);
    expect((await probe.call("GET", `/channels/${id}`))["display_name"]).toBe("Theirs");
    const adopted = await create({ adopt: true });
    expect(adopted.id).toBe(id);
    expect(await channel.found(id, adopted.outputs)).toEqual({ ...inputs, adopt: true });
    await probe.removeUser("channel-co_admin");
  });

  test("refuses a channel of ours in a team that isn't this tenant's", async () => {
    await create();
    await probe.call("PUT", `/teams/${inputs.team}/patch`, { company_name: "tenantry: tenant another" });
    await expect(create({ adopt: true })).rejects.toMatchObject({ code: "channel-not-ours" });
  });

  test("says that the team is gone", async () => {
    await probe.removeTeam(teamName);
    await expect(create()).rejects.toMatchObject({ code: "not-found", system: "Mattermost" });
  });
});

test.each<[string, Partial<ChannelInputs>]>([
  ["name", { name: "money" }],
  ["displayName", { displayName: "Zahlungen 💶" }],
  ["type", { type: "open" }],
  ["purpose", { purpose: "" }],
  ["header", { header: "" }],
])("update changes %s and back", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...change };
  expect(await channel.differs(id, outputs, news)).toBe(true);
  const updated = await channel.implementation.update(id, outputs, news);
  expect(await channel.found(id, updated)).toEqual(news);
  expect(await channel.differs(id, updated, news)).toBe(false);
  expect(await channel.found(id, await channel.implementation.update(id, updated, inputs))).toEqual(inputs);
});

test("a name that another channel has is told apart from other refusals", async () => {
  const { id, outputs } = await create();
  await expect(
    channel.implementation.update(id, outputs, { ...inputs, name: "off-topic" }),
  ).rejects.toMatchObject({ code: "channel-exists", message: expect.stringContaining("off-topic") });
});

test("a channel of another team is another channel", async () => {
  const { outputs } = await create();
  const { replaces } = await channel.provider.diff("x", { ...outputs }, { ...outputs, team: "another" });
  expect(replaces).toEqual(["team"]);
});

describe("changes by hand", () => {
  test.each<[string, string, object, Partial<ChannelInputs>]>([
    ["other texts", "/patch", { display_name: "X", header: "Y" }, { displayName: "X", header: "Y" }],
    ["another name", "/patch", { name: "moved" }, { name: "moved" }],
    ["made public", "/privacy", { privacy: "O" }, { type: "open" }],
  ])("%s: seen and repaired", async (_what, path, body, seen) => {
    const { id, outputs } = await create();
    await probe.call("PUT", `/channels/${id}${path}`, body);
    const drifted = await channel.found(id, outputs);
    expect(drifted).toEqual({ ...inputs, ...seen });
    expect(await channel.differs(id, outputs, inputs)).toBe(true);
    await channel.implementation.update(id, drifted, inputs);
    expect(await channel.found(id, outputs)).toEqual(inputs);
  });

  test("archived: gone for read, back with what was written there by create", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", `/channels/${id}`);
    expect(await channel.implementation.read(id, outputs)).toBeUndefined();
    const back = await create({ header: "Back" });
    expect(back.id).toBe(id);
    expect(await channel.found(id, back.outputs)).toEqual({ ...inputs, header: "Back" });
  });

  test("removed: gone for read, said by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", `/channels/${id}?permanent=true`);
    expect(await channel.implementation.read(id, outputs)).toBeUndefined();
    await expect(channel.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "channel-missing",
    });
    expect((await create()).id).not.toBe(id);
  });
});

describe("delete", () => {
  test("archives, and works twice", async () => {
    const { id, outputs } = await create();
    await channel.implementation.delete(id, outputs);
    await channel.implementation.delete(id, outputs);
    expect((await probe.call("GET", `/channels/${id}`))["delete_at"]).not.toBe(0);
  });

  test("works when the team is archived or gone", async () => {
    const { id, outputs } = await create();
    const other = await create({ name: "other" });
    await probe.call("DELETE", `/teams/${inputs.team}`);
    await channel.implementation.delete(id, outputs);
    await probe.removeTeam(teamName);
    await channel.implementation.delete(other.id, other.outputs);
  });

  test("leaves the channel that everybody is in", async () => {
    const { id, outputs } = await create({ name: "town-square", type: "open", adopt: true });
    await channel.implementation.delete(id, outputs);
    expect((await probe.call("GET", `/channels/${id}`))["delete_at"]).toBe(0);
  });
});
