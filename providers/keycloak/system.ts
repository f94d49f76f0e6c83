import type { System } from "../system.ts";
import { keycloakAdmin } from "./connect.ts";
import { explainKeycloak } from "./explain.ts";
import { findKeycloakId } from "./find-ids.ts";
import { checkKeycloak } from "./preflight.ts";
import { strayAccounts } from "./stray-accounts.ts";

/** Keycloak, as what runs stacks needs to know it. Its address is in `KEYCLOAK_URL`. */
export const keycloak: System = {
  title: "Keycloak",
  package: "keycloak",
  check: async (environment) => checkKeycloak(keycloakAdmin(environment)),
  explain: explainKeycloak,
  strays: async (tenant, environment) =>
    (await strayAccounts(keycloakAdmin(environment), tenant)).map((name) => `account ${name}`),
  findId: async (pending, environment) => findKeycloakId(keycloakAdmin(environment), pending),
};
