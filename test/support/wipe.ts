import { escapeIdentifier } from "pg";
import type { KeycloakProbe } from "./keycloak-probe.ts";
import type { PostgresProbe } from "./postgres-probe.ts";

/** Removes whatever a test that was cut off left of a tenant on the servers. */
export async function wipe(id: string, superuser: PostgresProbe, keycloak: KeycloakProbe): Promise<void> {
  await superuser.rows("postgres", `DROP DATABASE IF EXISTS ${escapeIdentifier(id)} WITH (FORCE)`);
  const roles = await superuser.rows(
    "postgres",
    `SELECT rolname FROM pg_roles WHERE starts_with(rolname, '${id}_')`,
  );
  for (const { rolname } of roles)
    await superuser.rows("postgres", `DROP ROLE ${escapeIdentifier(String(rolname))}`);
  if (await keycloak.exists(`/realms/${id}`)) await keycloak.remove(`/realms/${id}`);
}
