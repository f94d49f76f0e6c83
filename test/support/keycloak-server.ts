import { KeycloakAdmin } from "../../providers/keycloak/admin-client.ts";
import { keycloakCredentials } from "../../providers/keycloak/credentials.ts";

/** Milliseconds: on a busy machine a realm takes long. */
export const patience = 60_000;

/** The tests' Keycloak. `npm test` starts it and names it in the environment. */
export function keycloakServer(): { readonly url: string; readonly admin: KeycloakAdmin } {
  const url = process.env["KEYCLOAK_URL"];
  if (!url) throw new Error("KEYCLOAK_URL is not set: run the tests with npm test");
  return { url, admin: new KeycloakAdmin(url, keycloakCredentials(), { timeout: patience }) };
}
