import type { System } from "../system.ts";
import { explainPostgres } from "./explain.ts";
import { findPostgresId } from "./find-id.ts";
import { checkPostgres } from "./preflight.ts";

/** PostgreSQL, as what runs stacks needs to know it. */
export const postgresql: System = {
  title: "PostgreSQL",
  package: "postgresql",
  check: checkPostgres,
  explain: (message) => explainPostgres(message),
  findId: findPostgresId,
};
