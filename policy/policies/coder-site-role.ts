import { z } from "zod";
import { policy } from "../policy.ts";
import { coder } from "../types.ts";

export const coderSiteRole = policy({
  name: "coder-site-role",
  system: "Coder",
  severity: "mandatory",
  demand: "no account of a tenant has a role on the whole server",
  reason: "Such roles reach every tenant's workspaces and templates, and what runs in them.",
  remedy:
    "name the templates in `workspaces.templates`: they are made without anybody being an administrator",
  types: [coder.user],
  inputs: { roles: z.array(z.string()).default([]) },
  check: ({ roles }) => [roles.length > 0 && `the account has ${roles.join(", ")} on the whole server`],
});
