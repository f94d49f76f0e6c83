import { z } from "zod";
import type { PendingCreate } from "../system.ts";
import { connector } from "./connect.ts";
import type { Environment } from "./server.ts";

const inputs = z.object({ name: z.string(), owner: z.string().default("") });

/**
 * Finds the role or database that an interrupted create of the official plugin made: its name is its id. Only what this
 * administrator could have made counts: a role that it administers, a database with the declared owner.
 */
export async function findPostgresId(
  pending: PendingCreate,
  environment: Environment,
): Promise<string | undefined> {
  const query = queries[pending.type];
  const wanted = inputs.safeParse(pending.inputs);
  if (query === undefined || !wanted.success) return undefined;
  const { name, owner } = wanted.data;
  const { rowCount } = await connector(environment)((client) => client.query(query, [name, owner]));
  return rowCount ? name : undefined;
}

const queries: Readonly<Record<string, string>> = {
  "postgresql:index/role:Role": `
    SELECT FROM pg_roles r WHERE rolname = $1 AND $2::text IS NOT NULL
       AND (EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles a ON a.oid = m.member
                     WHERE m.roleid = r.oid AND a.rolname = current_user AND m.admin_option)
            OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))`,
  "postgresql:index/database:Database": `
    SELECT FROM pg_database WHERE datname = $1 AND pg_get_userbyid(datdba) = $2`,
};
