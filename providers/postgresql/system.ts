import type { System } from "../system.ts";
import { explainPostgres } from "./explain.ts";
import { findPostgresId } from "./find-id.ts";
import { checkPostgres } from "./preflight.ts";
import { strayLogins } from "./stray-logins.ts";

/** PostgreSQL, as what runs stacks needs to know it. */
export const postgresql: System = {
  title: "PostgreSQL",
  package: "postgresql",
  check: checkPostgres,
  explain: (message) => explainPostgres(message),
  strays: async (tenant, environment) =>
    (await strayLogins(tenant, environment)).map((name) => `login ${name}`),
  findId: findPostgresId,
};
