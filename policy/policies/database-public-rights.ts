import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

const names = z.array(z.string()).default([]);

export const databasePublicRights = policy({
  name: "database-public-rights",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: "PUBLIC has no rights on what is inside a tenant's database",
  reason: "Who gets in by mistake must find every door inside shut, too.",
  remedy:
    "give rights to a role in components/database/grants.ts, and people that role by their `role` in `users`",
  types: [postgresql.privileges],
  inputs: {
    grantee: z.string(),
    onSchema: names,
    tables: z.record(z.string(), names).default({}),
    onLaterTables: names,
    onLaterSequences: names,
  },
  check: ({ grantee, onSchema, tables, onLaterTables, onLaterSequences }) => {
    if (grantee !== "PUBLIC") return [];
    return [
      onSchema.length > 0 && `PUBLIC has ${onSchema.join(", ")} on schema public`,
      ...Object.entries(tables).map(
        ([table, held]) => held.length > 0 && `PUBLIC has ${held.join(", ")} on table ${table}`,
      ),
      onLaterTables.length > 0 && `PUBLIC gets ${onLaterTables.join(", ")} on later tables`,
      onLaterSequences.length > 0 && `PUBLIC gets ${onLaterSequences.join(", ")} on later sequences`,
    ];
  },
});
