import { z } from "zod";
import { policy } from "../policy.ts";
import { mattermost } from "../types.ts";

export const teamInviteOnly = policy({
  name: "team-invite-only",
  system: "Mattermost",
  severity: "mandatory",
  demand: "nobody joins a tenant's team by themselves",
  reason: "On a server that tenants share, everybody else's people could join it and read along.",
  remedy: "turn `openInvite` off, and add people to `users`",
  types: [mattermost.team],
  inputs: { openInvite: z.boolean().default(false) },
  check: ({ openInvite }) => [openInvite && "whoever has an account on the server can join"],
});
