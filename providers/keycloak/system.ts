import { Failure } from "../../report/failure.ts";
import type { System } from "../system.ts";
import { KeycloakAdmin } from "./admin-client.ts";
import { keycloakCredentials } from "./credentials.ts";
import { explainKeycloak } from "./explain.ts";
import { findKeycloakId } from "./find-ids.ts";
import { checkKeycloak } from "./preflight.ts";

/** Keycloak, as what runs stacks needs to know it. Its address is in `KEYCLOAK_URL`. */
export const keycloak: System = {
  title: "Keycloak",
  package: "keycloak",
  check: async (environment) => checkKeycloak(address(environment), keycloakCredentials(environment)),
  explain: explainKeycloak,
  findId: async (pending, environment) =>
    findKeycloakId(new KeycloakAdmin(address(environment), keycloakCredentials(environment)), pending),
};

function address(environment: NodeJS.ProcessEnv): string {
  const url = environment["KEYCLOAK_URL"];
  if (url) return url;
  throw new Failure("credentials-missing", "Keycloak's address is not in the environment", {
    system: "Keycloak",
    fix: "set KEYCLOAK_URL, or name keycloak.url in the environment's file",
  });
}
