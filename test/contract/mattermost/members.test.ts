import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  configure as configureChannelMember,
  type ChannelMemberInputs,
} from "../../../providers/mattermost/channel-member-implementation.ts";
import {
  configure as configureTeamMember,
  type TeamMemberInputs,
} from "../../../providers/mattermost/team-member-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const teamName = "members-co";
const username = "members-co_alice";
const botName = "members-co_bot";

let probe: MattermostProbe;
let proxy: FaultProxy;
let teamMember: ResourceSubject<TeamMemberInputs, TeamMemberInputs>;
let channelMember: ResourceSubject<ChannelMemberInputs, ChannelMemberInputs>;
let inTeam: TeamMemberInputs;
let inChannel: ChannelMemberInputs;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  const environment = { ...process.env, MATTERMOST_URL: proxy.url };
  teamMember = new ResourceSubject(configureTeamMember(environment));
  channelMember = new ResourceSubject(configureChannelMember(environment));
});
beforeEach(async () => {
  proxy.clear();
  for (const each of [username, botName]) await probe.removeUser(each);
  await probe.removeTeam(teamName);
  const team = await probe.make("/teams", { name: teamName, display_name: "Co", type: "I" });
  const body = { team_id: team, name: "payments", display_name: "Payments", type: "P" };
  const channel = await probe.make("/channels", body);
  const account = { username, email: "alice@members-co.example", password: "theirs-A1-theirs" };
  const user = await probe.make("/users", account);
  inTeam = { team, user, role: "member" };
  inChannel = { channel, user, role: "member", enabled: true };
});
afterAll(async () => {
  await proxy.close();
  for (const each of [username, botName]) await probe.removeUser(each);
  await probe.removeTeam(teamName);
});

const join = (): Promise<{ id: string; outputs: TeamMemberInputs }> =>
  teamMember.implementation.create(inTeam);
const channelsOf = async (user: string): Promise<unknown[]> => {
  const session = await probe.signIn(username, "theirs-A1-theirs");
  const response = await probe.send(
    "GET",
    `/users/${user}/teams/${inTeam.team}/channels`,
    undefined,
    session,
  );
  return response.ok ? ((await response.json()) as { name: string }[]).map(({ name }) => name).sort() : [];
};

describe("a team's member", () => {
  test.each(["member", "admin"] as const)("as %s: made, found, no change left", async (role) => {
    const news = { ...inTeam, role };
    const { id, outputs } = await teamMember.implementation.create(news);
    expect(id).toBe(`${inTeam.team}/${inTeam.user}`);
    expect(await teamMember.found(id, outputs)).toEqual(news);
    expect(await teamMember.differs(id, outputs, news)).toBe(false);
    expect(await channelsOf(inTeam.user)).toEqual(["off-topic", "town-square"]);
  });

  test("made once when the answer is lost, and when they are in already", async () => {
    proxy.once({ method: "POST", path: /\/members$/ }, "cut after");
    const first = await join();
    expect(await join()).toEqual(first);
    expect(await probe.list(`/teams/${inTeam.team}/members`)).toHaveLength(2);
  });

  test("whose account is off is in the channels that everybody is in once it is on", async () => {
    await probe.call("DELETE", `/users/${inTeam.user}`);
    const { id, outputs } = await join();
    expect(await teamMember.found(id, outputs)).toEqual(inTeam);
    await probe.call("PUT", `/users/${inTeam.user}/active`, { active: true });
    expect(await channelsOf(inTeam.user)).toEqual(["off-topic", "town-square"]);
  });

  test("role: changed, seen when changed by hand, repaired", async () => {
    const { id, outputs } = await join();
    const admin = { ...inTeam, role: "admin" } as const;
    expect(await teamMember.differs(id, outputs, admin)).toBe(true);
    const updated = await teamMember.implementation.update(id, outputs, admin);
    expect(await teamMember.found(id, updated)).toEqual(admin);
    const roles = { scheme_admin: false, scheme_user: true };
    await probe.call("PUT", `/teams/${inTeam.team}/members/${inTeam.user}/schemeRoles`, roles);
    const drifted = await teamMember.found(id, updated);
    expect(drifted).toEqual(inTeam);
    await teamMember.implementation.update(id, drifted, admin);
    expect(await teamMember.found(id, updated)).toEqual(admin);
  });

  test("removed by hand: gone for read, in again by create", async () => {
    const { id, outputs } = await teamMember.implementation.create({ ...inTeam, role: "admin" });
    await probe.call("DELETE", `/teams/${inTeam.team}/members/${inTeam.user}`);
    expect(await teamMember.implementation.read(id, outputs)).toBeUndefined();
    const again = await join();
    expect(await teamMember.found(id, again.outputs)).toEqual(inTeam);
  });

  test("deleting takes them out of all channels, and works twice and for who was never in", async () => {
    const { id, outputs } = await join();
    await channelMember.implementation.create(inChannel);
    await teamMember.implementation.delete(id, outputs);
    await teamMember.implementation.delete(id, outputs);
    expect(await teamMember.implementation.read(id, outputs)).toBeUndefined();
    expect(await channelsOf(inTeam.user)).toEqual([]);
    await probe.removeUser(username);
    await teamMember.implementation.delete(id, outputs);
  });
});

describe("a channel's member", () => {
  beforeEach(join);

  test.each(["member", "admin"] as const)("as %s: made, found, no change left", async (role) => {
    const news = { ...inChannel, role };
    const { id, outputs } = await channelMember.implementation.create(news);
    expect(id).toBe(`${inChannel.channel}/${inChannel.user}`);
    expect(await channelMember.found(id, outputs)).toEqual(news);
    expect(await channelMember.differs(id, outputs, news)).toBe(false);
    expect(await channelsOf(inChannel.user)).toContain("payments");
  });

  test("made once when the answer is lost, and when they are in already", async () => {
    proxy.once({ method: "POST", path: /\/members$/ }, "cut after");
    const first = await channelMember.implementation.create(inChannel);
    expect(await channelMember.implementation.create(inChannel)).toEqual(first);
    expect(await probe.list(`/channels/${inChannel.channel}/members`)).toHaveLength(2);
  });

  test("role: changed, seen when changed by hand, repaired", async () => {
    const { id, outputs } = await channelMember.implementation.create(inChannel);
    const roles = { scheme_admin: true, scheme_user: true };
    await probe.call("PUT", `/channels/${inChannel.channel}/members/${inChannel.user}/schemeRoles`, roles);
    const drifted = await channelMember.found(id, outputs);
    expect(drifted.role).toBe("admin");
    expect(await channelMember.differs(id, outputs, inChannel)).toBe(true);
    await channelMember.implementation.update(id, drifted, inChannel);
    expect(await channelMember.found(id, outputs)).toEqual(inChannel);
  });

  test("removed by hand: gone for read, in again by create", async () => {
    const { id, outputs } = await channelMember.implementation.create(inChannel);
    await probe.call("DELETE", `/channels/${inChannel.channel}/members/${inChannel.user}`);
    expect(await channelMember.implementation.read(id, outputs)).toBeUndefined();
    await channelMember.implementation.create(inChannel);
    expect(await channelMember.found(id, outputs)).toEqual(inChannel);
  });

  test("whose account is off is added once it is on, and isn't missed before", async () => {
    await probe.call("DELETE", `/users/${inChannel.user}`);
    await expect(channelMember.implementation.create(inChannel)).rejects.toMatchObject({
      code: "user-disabled",
    });
    const off = { ...inChannel, enabled: false };
    const { id, outputs } = await channelMember.implementation.create(off);
    expect(await channelMember.found(id, outputs)).toEqual(off);
    expect(await channelMember.differs(id, outputs, off)).toBe(false);
    await probe.call("PUT", `/users/${inChannel.user}/active`, { active: true });
    const on = await channelMember.implementation.update(id, outputs, inChannel);
    expect(await channelMember.found(id, on)).toEqual(inChannel);
    expect(await channelsOf(inChannel.user)).toContain("payments");
  });

  test("who isn't in the team is said", async () => {
    const refused = { code: "user-not-in-team", system: "Mattermost" };
    await probe.call("DELETE", `/teams/${inTeam.team}/members/${inTeam.user}`);
    await expect(channelMember.implementation.create(inChannel)).rejects.toMatchObject(refused);
    const { user_id: neverIn } = await probe.call("POST", "/bots", { username: botName });
    await expect(
      channelMember.implementation.create({ ...inChannel, user: String(neverIn) }),
    ).rejects.toMatchObject(refused);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["twice", () => Promise.resolve()],
    ["after the account was deactivated", () => probe.call("DELETE", `/users/${inChannel.user}`)],
    ["after the account was removed", () => probe.removeUser(username)],
    ["after they left the team", () => probe.call("DELETE", `/teams/${inTeam.team}/members/${inTeam.user}`)],
    ["after the channel was archived", () => probe.call("DELETE", `/channels/${inChannel.channel}`)],
    [
      "after the channel was removed",
      () => probe.call("DELETE", `/channels/${inChannel.channel}?permanent=true`),
    ],
    ["after the team was archived", () => probe.call("DELETE", `/teams/${inTeam.team}`)],
    ["after the team was removed", () => probe.removeTeam(teamName)],
  ])("deleting works %s", async (_when, before) => {
    const { id, outputs } = await channelMember.implementation.create(inChannel);
    const teamId = `${inTeam.team}/${inTeam.user}`;
    await before();
    await channelMember.implementation.delete(id, outputs);
    await teamMember.implementation.delete(teamId, inTeam);
    await channelMember.implementation.delete(id, outputs);
    await teamMember.implementation.delete(teamId, inTeam);
    expect(await channelMember.implementation.read(id, outputs)).toBeUndefined();
    expect(await teamMember.implementation.read(teamId, inTeam)).toBeUndefined();
  });

  test("nobody is taken out of the channel that everybody is in", async () => {
    const { id: channel } = await probe.call("GET", `/teams/${inTeam.team}/channels/name/town-square`);
    const everybody = { ...inChannel, channel: String(channel) };
    const { id, outputs } = await channelMember.implementation.create(everybody);
    await channelMember.implementation.delete(id, outputs);
    expect(await channelMember.found(id, outputs)).toEqual(everybody);
  });
});
