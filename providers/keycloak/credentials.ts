import { Failure } from "../../report/failure.ts";

/** How to sign in to Keycloak's admin API: as a person, or as a client with a service account. */
export type KeycloakCredentials = {
  readonly clientId: string;
  /** The realm of the administrator. */
  readonly realm: string;
} & (
  | {
      readonly grant: "password";
      readonly username: string;
      readonly password: string;
      readonly clientSecret?: string;
    }
  | { readonly grant: "client_credentials"; readonly clientSecret: string }
);

/**
 * Reads the variables that the official Pulumi plugin reads: `KEYCLOAK_CLIENT_ID` (default `admin-cli`),
 * `KEYCLOAK_REALM` (default `master`), and `KEYCLOAK_USER` with `KEYCLOAK_PASSWORD` or `KEYCLOAK_CLIENT_SECRET`.
 * Throws a {@link Failure} `credentials-missing`.
 */
export function keycloakCredentials(
  env: Readonly<Record<string, string | undefined>> = process.env,
): KeycloakCredentials {
  const clientId = env["KEYCLOAK_CLIENT_ID"] ?? "admin-cli";
  const realm = env["KEYCLOAK_REALM"] ?? "master";
  const username = env["KEYCLOAK_USER"];
  const password = env["KEYCLOAK_PASSWORD"];
  const clientSecret = env["KEYCLOAK_CLIENT_SECRET"];
  if (username && password) {
    return { grant: "password", clientId, realm, username, password, ...(clientSecret && { clientSecret }) };
  }
  if (clientSecret) return { grant: "client_credentials", clientId, realm, clientSecret };
  throw new Failure("credentials-missing", "Keycloak's administrator is not named in the environment", {
    system: "Keycloak",
    fix: "set KEYCLOAK_USER and KEYCLOAK_PASSWORD, or KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET",
  });
}
