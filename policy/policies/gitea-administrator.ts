import { z } from "zod";
import { policy } from "../policy.ts";
import { gitea } from "../types.ts";

export const giteaAdministrator = policy({
  name: "gitea-administrator",
  system: "Gitea",
  severity: "mandatory",
  demand: "no account of a tenant administers the server, or sees what nobody gave it",
  reason: "An administrator of Gitea reads and rewrites every tenant's code.",
  remedy: "make the person `role: tenant_admin`, who administers the tenant's repositories",
  types: [gitea.user],
  inputs: { admin: z.boolean().default(false), restricted: z.boolean().default(true) },
  check: ({ admin, restricted }) => [
    admin && "the account administers the whole server",
    !restricted && "the account sees every organization that isn't private",
  ],
});
