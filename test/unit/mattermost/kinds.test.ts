import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Bot } from "../../../providers/mattermost/bot.ts";
import { ChannelMember } from "../../../providers/mattermost/channel-member.ts";
import { Channel } from "../../../providers/mattermost/channel.ts";
import { IncomingWebhook } from "../../../providers/mattermost/incoming-webhook.ts";
import { TeamMember } from "../../../providers/mattermost/team-member.ts";
import { Team } from "../../../providers/mattermost/team.ts";
import { User } from "../../../providers/mattermost/user.ts";
import { provider } from "../../../providers/provider.ts";

const tenant = "acme";
const username = "acme_jane";
const displayName = "Jane";

/** Every resource with the least that a program may give. */
const programs: readonly [kind: string, make: () => unknown][] = [
  ["Team", () => new Team("t", { tenant, name: "acme", displayName })],
  ["Channel", () => new Channel("c", { tenant, team: "t1", name: "payments", displayName })],
  [
    "User",
    () => new User("u", { tenant, username, email: "jane@acme.example", firstName: "Jane", lastName: "Doe" }),
  ],
  ["TeamMember", () => new TeamMember("m", { team: "t1", user: "u1" })],
  ["ChannelMember", () => new ChannelMember("n", { channel: "c1", user: "u1" })],
  ["Bot", () => new Bot("b", { tenant, username, displayName })],
  ["IncomingWebhook", () => new IncomingWebhook("w", { tenant, channel: "c1", displayName })],
];

test.each(programs)("what a program says of a %s is what its provider takes", async (kind, make) => {
  Object.assign(process.env, { MATTERMOST_URL: "http://127.0.0.1:1", MATTERMOST_TOKEN: "none" });
  const registered: { type: string; inputs: Record<string, unknown> }[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, inputs, name }: pulumi.runtime.MockResourceArgs) => {
      const state: Record<string, unknown> = { ...(inputs as object) };
      registered.push({ type, inputs: state });
      return { id: name, state };
    },
    call: () => ({}),
  });
  make();
  await pulumi.runtime.disconnect();
  const [found] = registered;
  expect(found?.type).toBe(`pulumi-nodejs:dynamic/mattermost:${kind}`);
  const { __provider, ...inputs } = found?.inputs ?? {};
  expect(__provider).toContain(`mattermost/${kind}`);
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
  const { failures, inputs: checked } = await (await provider(`mattermost/${kind}`)).check({}, given);
  expect(failures).toEqual([]);
  expect(await (await provider(`mattermost/${kind}`)).check({}, checked)).toEqual({
    inputs: checked,
    failures: [],
  });
});
