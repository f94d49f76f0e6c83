import { readFileSync } from "node:fs";
import { Client, escapeIdentifier } from "pg";
import { serverFrom } from "../../providers/postgresql/server.ts";
import { postgres, superuserOf } from "../../testbed/postgres.ts";
import { Place } from "../../testbed/place.ts";
import { testEnvironment } from "./servers.ts";

interface Who {
  readonly user: string;
  readonly password: string;
}

const { host, port, ...administrator } = serverFrom(process.env);

/** The rows of a statement, or of the last of several, run by hand: by default as Tenantry's administrator. */
export async function sql(
  database: string,
  statement: string,
  who: Who = administrator,
): Promise<Record<string, unknown>[]> {
  const client = await session(database, who);
  try {
    const results = [await client.query<Record<string, unknown>>(statement)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** An open session; the server may end it. */
export async function session(database: string, who: Who = administrator): Promise<Client> {
  const client = new Client({ host, port, database, user: who.user, password: who.password });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** What the server has logged since its log was begun. */
export function serverLog(): string {
  return readFileSync(new Place(testEnvironment, postgres).log, "utf8");
}

/** Sees and does everything. */
export function superuser(): Who {
  return superuserOf(new Place(testEnvironment, postgres));
}

/** An empty tenant as the official plugin leaves it: an owner, group roles, a database. */
export interface BareTenant {
  readonly id: string;
  readonly database: string;
  readonly owner: string;
  readonly groups: readonly string[];
}

/** Makes the roles and the database of a tenant, after removing what a broken run may have left. */
export async function createBareTenant(id: string, roles: readonly string[] = []): Promise<BareTenant> {
  const tenant = { id, database: id, owner: `${id}_owner`, groups: roles.map((role) => `${id}_${role}`) };
  await dropBareTenant(tenant);
  for (const role of [tenant.owner, ...tenant.groups]) {
    await sql("postgres", `CREATE ROLE ${escapeIdentifier(role)}`);
  }
  await sql(
    "postgres",
    `CREATE DATABASE ${escapeIdentifier(id)} OWNER ${escapeIdentifier(tenant.owner)} TEMPLATE template0`,
  );
  return tenant;
}

/** Removes the database and every role of the tenant, whoever made it. */
export async function dropBareTenant({ id }: Pick<BareTenant, "id">): Promise<void> {
  await sql("postgres", `DROP DATABASE IF EXISTS ${escapeIdentifier(id)} WITH (FORCE)`, superuser());
  const roles = await sql("postgres", `SELECT rolname FROM pg_roles WHERE starts_with(rolname, '${id}_')`);
  for (const { rolname } of roles) {
    await sql("postgres", `DROP ROLE ${escapeIdentifier(String(rolname))}`, superuser());
  }
}
