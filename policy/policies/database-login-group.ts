import { z } from "zod";
import { roles } from "../../schema/sections/people.ts";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

export const databaseLoginGroup = policy({
  name: "database-login-group",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: "a login is in exactly one of its tenant's four roles",
  reason:
    "The four roles have exactly the rights that were agreed; the owner's, or another tenant's, were not.",
  remedy: `set the person's \`role\` to ${roles.join(", ")}`,
  types: [postgresql.login],
  inputs: { group: z.string() },
  check: ({ group }, _resource, { id }) => [
    !roles.some((role) => group === `${id}_${role}`) && `the login is in the role ${group}`,
  ],
});
