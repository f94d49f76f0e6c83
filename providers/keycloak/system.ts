import type { System } from "../system.ts";
import { keycloakAddress } from "./address.ts";
import { KeycloakAdmin } from "./admin-client.ts";
import { keycloakCredentials } from "./credentials.ts";
import { explainKeycloak } from "./explain.ts";
import { findKeycloakId } from "./find-ids.ts";
import { checkKeycloak } from "./preflight.ts";
import { strayAccounts } from "./stray-accounts.ts";

/** Keycloak, as what runs stacks needs to know it. Its address is in `KEYCLOAK_URL`. */
export const keycloak: System = {
  title: "Keycloak",
  package: "keycloak",
  check: async (environment) => checkKeycloak(keycloakAddress(environment), keycloakCredentials(environment)),
  explain: explainKeycloak,
  strays: async (tenant, environment) => {
    const admin = new KeycloakAdmin(keycloakAddress(environment), keycloakCredentials(environment));
    return (await strayAccounts(admin, tenant)).map((name) => `account ${name}`);
  },
  findId: async (pending, environment) =>
    findKeycloakId(
      new KeycloakAdmin(keycloakAddress(environment), keycloakCredentials(environment)),
      pending,
    ),
};
