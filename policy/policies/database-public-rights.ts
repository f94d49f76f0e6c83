import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

const names = z.array(z.string()).default([]);
const byObject = z.record(z.string(), names).default({});

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
    tables: byObject,
    sequences: byObject,
    functions: byObject,
    onLaterTables: names,
    onLaterSequences: names,
    onLaterFunctions: names,
  },
  check: ({ grantee, onSchema, tables, sequences, functions, ...later }) => {
    if (grantee !== "PUBLIC") return [];
    const objects = { table: tables, sequence: sequences, function: functions };
    return [
      onSchema.length > 0 && `PUBLIC has ${onSchema.join(", ")} on schema public`,
      ...Object.entries(objects).flatMap(([kind, each]) =>
        Object.entries(each).map(
          ([name, held]) => held.length > 0 && `PUBLIC has ${held.join(", ")} on ${kind} ${name}`,
        ),
      ),
      ...Object.entries(later).map(
        ([name, held]) => held.length > 0 && `PUBLIC has ${held.join(", ")} by ${name}`,
      ),
    ];
  },
});
