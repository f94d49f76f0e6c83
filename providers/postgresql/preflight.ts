import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { connector } from "./connect.ts";
import type { Environment } from "./server.ts";

const system = "PostgreSQL";

const administrator = z.object({
  version: z.coerce.number(),
  user: z.string(),
  superuser: z.boolean(),
  createdb: z.boolean(),
  createrole: z.boolean(),
  /** The roles it makes must be its own to use: that is how it hands databases to their owners. */
  selfGrant: z.string(),
});

/**
 * Checks that the server can be worked with: it answers, its certificate and our credentials are good, it is new enough,
 * and the administrator may do what a tenant takes. One connection, one query.
 *
 * Throws a {@link Failure}: those of server.ts and explain.ts, `server-too-old` and `missing-privilege`.
 */
export async function checkPostgres(environment: Environment): Promise<void> {
  const { rows } = await connector(environment)((client) =>
    client.query(`
      SELECT current_setting('server_version_num') AS version, rolname AS user, rolsuper AS superuser,
             rolcreatedb AS createdb, rolcreaterole AS createrole,
             coalesce(current_setting('createrole_self_grant', true), '') AS "selfGrant"
        FROM pg_roles WHERE rolname = current_user`),
  );
  const [found] = z.array(administrator).parse(rows);
  if (found === undefined) throw new Error("PostgreSQL doesn't know its own current_user");
  if (found.version < 160_000) {
    throw new Failure("server-too-old", `the server is version ${Math.floor(found.version / 10_000)}`, {
      system,
      fix: "use PostgreSQL 16 or later: earlier ones can't keep a role's rights from being handed on",
    });
  }
  if (found.superuser) return;
  const grants = found.selfGrant.split(/\s*,\s*/);
  const statements = [
    ...(found.createdb && found.createrole ? [] : [`ALTER ROLE "${found.user}" CREATEDB CREATEROLE`]),
    ...(grants.includes("set") && grants.includes("inherit")
      ? []
      : [`ALTER ROLE "${found.user}" SET createrole_self_grant = 'set, inherit'`]),
  ];
  if (statements.length === 0) return;
  throw new Failure("missing-privilege", `administrator ${found.user} may not make databases and roles`, {
    system,
    fix: `as a superuser run: ${statements.join("; ")}`,
  });
}
