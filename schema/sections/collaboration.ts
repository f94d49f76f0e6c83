import { z } from "zod";
import { adopt, name, pattern, usernamePattern } from "../patterns.ts";

/** `isValidAlphaNum` in Mattermost's server/public/model/utils.go. */
const teamName = pattern(
  /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/,
  "a team's name: 2 to 64 lower-case letters, digits and hyphens, no hyphen first or last",
);

/** `IsValidChannelIdentifier` there. */
const channelName = pattern(
  /^[a-z0-9][a-z0-9_-]{1,63}$/,
  "a channel's name: 2 to 64 lower-case letters, digits, _ and -, a letter or digit first",
);

/** The longest display name of a team, a channel and a bot. */
export const displayNameLength = 64;
const displayName = name.max(displayNameLength);

const channel = z.strictObject({
  name: channelName.describe("The channel's name in its address. Renaming it makes a new channel."),
  displayName: displayName.optional().describe("The name that people read. Default: the name."),
  type: z
    .enum(["open", "private"])
    .default("private")
    .describe("open: everyone of the team can find it. private: members only."),
  purpose: name.max(250).default("").describe("What the channel is for."),
  header: z.string().max(1024).default("").describe("The text above the messages, in Markdown."),
});

const bot = z.strictObject({
  name: pattern(
    usernamePattern,
    "a bot's name: 3 to 32 lower-case letters, digits, dots, _ and -, a letter first, a letter or digit last",
  ).describe("The bot's account is named `<id>_<name>`. Its token is among the tenant's access details."),
  displayName: displayName.optional().describe("The name that people read. Default: the name."),
  description: name.max(1024).default("").describe("What the bot does."),
  channels: z.array(z.string()).default([]).describe("The names of the channels that the bot is in."),
});

const webhook = z.strictObject({
  name: displayName.describe("The name that messages come under."),
  channel: z
    .string()
    .describe("The name of the channel that messages go to: one of `channels`, or a team's id."),
  description: name.max(400).default("").describe("What sends messages here."),
});

export const collaboration = z.strictObject({
  team: teamName.optional().describe("The team's name in its address. Default: the tenant's id."),
  signIn: z
    .enum(["password", "realm"])
    .default("password")
    .describe(
      "password: a one-time password for each person. realm: by OpenID Connect of the tenant's realm.",
    ),
  channels: z
    .array(channel)
    .default([])
    .describe("Channels that everyone is in, beside a private one for each of `teams`."),
  bots: z.array(bot).default([]).describe("Accounts for programs that post messages."),
  webhooks: z
    .array(webhook)
    .default([])
    .describe("Addresses that take messages in. They are secrets, among the tenant's access details."),
  adopt: adopt.describe("Take over a team and channels of these names that exist already."),
});
