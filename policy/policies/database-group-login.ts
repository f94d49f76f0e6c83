import { z } from "zod";
import { policy } from "../policy.ts";
import { postgresql } from "../types.ts";

export const databaseGroupLogin = policy({
  name: "database-group-login",
  system: "PostgreSQL",
  severity: "mandatory",
  demand: "roles that stand for a group, and owners, can't log in",
  reason: "What is done with a login that several people share is nobody's, and leaving doesn't end it.",
  remedy: "give each person an entry of their own in `users`",
  types: [postgresql.role],
  inputs: { login: z.boolean().default(false), password: z.unknown().optional() },
  check: ({ login, password }) => [
    login && "the role can log in",
    password !== undefined && "the role has a password",
  ],
});
