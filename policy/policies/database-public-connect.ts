import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

const names = z.array(z.string()).default([]);

/** PostgreSQL lets everybody connect to a new database unless somebody takes that away. */
export const databasePublicConnect = policy({
  name: "database-public-connect",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: "PUBLIC has no rights on a tenant's database, not even to connect",
  reason: "On a server that tenants share, PUBLIC is every login of every tenant.",
  remedy:
    "give rights to a role in components/database/grants.ts, and people that role by their `role` in `users`",
  types: [postgresql.privileges, postgresql.grant],
  inputs: {
    grantee: z.string().optional(),
    onDatabase: names,
    // Of the official Grant.
    role: z.string().optional(),
    objectType: z.string().optional(),
    privileges: names,
  },
  check: ({ grantee, role, objectType, onDatabase, privileges }) => {
    const held = objectType === "database" ? [...onDatabase, ...privileges] : onDatabase;
    return [isPublic(grantee ?? role) && held.length > 0 && `PUBLIC has ${held.join(", ")} on the database`];
  },
});

function isPublic(role: string | undefined): boolean {
  return role?.toLowerCase() === "public";
}
