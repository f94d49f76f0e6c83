import { z } from "zod";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

const variables = z.object({
  PGHOST: z.string().min(1),
  PGPORT: z.coerce.number().int().min(1).max(65_535).default(5432),
  PGSSLMODE: z.enum(["disable", "require", "verify-ca", "verify-full"]).default("verify-full"),
  PGDATABASE: z.string().min(1).default("postgres"),
  PGUSER: z.string().min(1),
  PGPASSWORD: z.string().min(1),
});

/** Where the PostgreSQL server is, and its administrator. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly sslmode: "disable" | "require" | "verify-ca" | "verify-full";
  /** The database that the administrator connects to when no tenant's is meant. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/**
 * Reads the server from the variables of PostgreSQL's own tools, which the official plugin reads too: `PGHOST`, `PGPORT`,
 * `PGSSLMODE` (default: `verify-full`), `PGDATABASE`, `PGUSER`, `PGPASSWORD`.
 *
 * Throws a {@link Failure} `credentials-missing` that names the variables that are missing or wrong.
 */
export function serverFrom(environment: Environment): Server {
  const given = readVariables(variables, environment, {
    system: "PostgreSQL",
    fix: (names) => `set ${names} to the server's address and its administrator's credentials`,
  });
  const { PGHOST: host, PGPORT: port, PGSSLMODE: sslmode, PGDATABASE: database } = given;
  return { host, port, sslmode, database, user: given.PGUSER, password: given.PGPASSWORD };
}
