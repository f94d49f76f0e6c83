import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

const most = 500;

export const databaseConnectionLimit = policy({
  name: "database-connection-limit",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: `a database takes between 1 and ${most} connections at once`,
  reason: "Without a limit one tenant can use up the connections of all of them.",
  remedy: `set \`database.connectionLimit\` to ${most} or less`,
  types: [postgresql.database],
  // What the plugin has when nothing is said: any number.
  inputs: { connectionLimit: z.number().default(-1) },
  check: ({ connectionLimit }) => [
    connectionLimit < 0 && "the number of connections has no limit",
    connectionLimit > most && `the connection limit is ${connectionLimit}`,
  ],
});
