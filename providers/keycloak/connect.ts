import { keycloakAddress } from "./address.ts";
import { KeycloakAdmin } from "./admin-client.ts";
import { keycloakCredentials } from "./credentials.ts";

const clients = new Map<string, KeycloakAdmin>();

/**
 * The client of the server and the administrator that an environment names: the same one each time, so that a run over many
 * tenants signs in once. Throws a {@link Failure} `credentials-missing`.
 */
export function keycloakAdmin(environment: NodeJS.ProcessEnv): KeycloakAdmin {
  const [url, credentials] = [keycloakAddress(environment), keycloakCredentials(environment)];
  const key = JSON.stringify([url, credentials]);
  const admin = clients.get(key) ?? new KeycloakAdmin(url, credentials);
  clients.set(key, admin);
  return admin;
}
