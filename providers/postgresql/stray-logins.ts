import { z } from "zod";
import { hasService, type Tenant, username } from "../../schema/tenant.ts";
import { connector } from "./connect.ts";
import type { Environment } from "./server.ts";

const logins = z.array(z.object({ rolname: z.string() }));

/** The login roles under a tenant's name that no entry of its file stands for. */
export async function strayLogins(tenant: Tenant, environment: Environment): Promise<string[]> {
  const { rows } = await connector(environment).look((client) =>
    client.query(
      "SELECT rolname FROM pg_roles WHERE rolcanlogin AND starts_with(rolname, $1) ORDER BY rolname",
      [`${tenant.id}_`],
    ),
  );
  const known = new Set(
    tenant.users
      .filter((user) => hasService(tenant, user, "database"))
      .map((user) => `${tenant.id}_${username(user)}`),
  );
  return logins
    .parse(rows)
    .map(({ rolname }) => rolname)
    .filter((name) => !known.has(name));
}
