import { z } from "zod";
import { policy } from "../policy.ts";
import { mattermost } from "../types.ts";

export const webhookChannelLock = policy({
  name: "webhook-channel-lock",
  system: "Mattermost",
  severity: "mandatory",
  demand: "a webhook posts into its own channel only",
  reason:
    "Its address is all that it takes to post; whoever finds it could post into every channel, in anybody's name.",
  remedy: "name one more entry with its own `channel` in `collaboration.webhooks`",
  types: [mattermost.webhook],
  inputs: { locked: z.boolean().default(true) },
  check: ({ locked }) => [!locked && "the webhook can post into any channel"],
});
