import { z } from "zod";
import { hasService, type Tenant, username } from "../../schema/tenant.ts";
import type { KeycloakAdmin } from "./admin-client.ts";

const accounts = z.array(z.object({ username: z.string() }));
const page = 500;

/** The accounts of a tenant's realm that no entry of its file stands for. Keycloak leaves service accounts out itself. */
export async function strayAccounts(admin: KeycloakAdmin, tenant: Tenant): Promise<string[]> {
  const realm = encodeURIComponent(tenant.identity.realm ?? tenant.id);
  const known = new Set(tenant.users.filter((user) => hasService(tenant, user, "identity")).map(username));
  const strays: string[] = [];
  for (let first = 0; ; first += page) {
    const path = `/realms/${realm}/users?briefRepresentation=true&first=${first}&max=${page}`;
    const found = (await admin.get(path, accounts)) ?? [];
    strays.push(...found.map((account) => account.username).filter((name) => !known.has(name)));
    if (found.length < page) return strays.sort();
  }
}
