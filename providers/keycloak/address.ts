import { Failure } from "../../report/failure.ts";

/** Keycloak's address, from `KEYCLOAK_URL`. Throws a {@link Failure} `credentials-missing`. */
export function keycloakAddress(environment: NodeJS.ProcessEnv): string {
  const url = environment["KEYCLOAK_URL"];
  if (url) return url;
  throw new Failure("credentials-missing", "Keycloak's address is not in the environment", {
    system: "Keycloak",
    fix: "set KEYCLOAK_URL, or name keycloak.url in the environment's file",
  });
}
