import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

const flag = z.boolean().default(false);

export const databaseRoleAttributes = policy({
  name: "database-role-attributes",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: "no role of a tenant is a superuser, makes roles or databases, replicates or bypasses row security",
  reason: "Such attributes hold on the whole server, so one tenant would reach every other.",
  remedy:
    "leave `role` of the person at tenant_admin, application_manager, developer or auditor; what needs more is an administrator's work",
  types: [postgresql.role, postgresql.login],
  inputs: {
    superuser: flag,
    createRole: flag,
    createDatabase: flag,
    replication: flag,
    bypassRowLevelSecurity: flag,
    // Of a login of ours.
    attributes: z.array(z.string()).default([]),
  },
  check: ({ attributes, ...flags }) => {
    const held = Object.entries(flags).flatMap(([name, set]) => (set ? [name] : []));
    return [...held, ...attributes].map((name) => `the role has the attribute ${name}`);
  },
});
