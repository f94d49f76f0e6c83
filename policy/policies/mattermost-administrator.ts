import { z } from "zod";
import { policy } from "../policy.ts";
import { mattermost } from "../types.ts";

export const mattermostAdministrator = policy({
  name: "mattermost-administrator",
  system: "Mattermost",
  severity: "mandatory",
  demand: "no account of a tenant administers the server",
  reason: "An administrator of Mattermost reads the messages of every tenant.",
  remedy: "make the person `role: tenant_admin`, who administers the tenant's team",
  types: [mattermost.user],
  inputs: { systemAdmin: z.boolean().default(false) },
  check: ({ systemAdmin }) => [systemAdmin && "the account administers the whole server"],
});
