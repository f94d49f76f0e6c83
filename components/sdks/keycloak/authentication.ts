/** How people are asked who they are, in Keycloak's SDK. */
export { Execution } from "@pulumi/keycloak/authentication/execution.js";
export { Flow } from "@pulumi/keycloak/authentication/flow.js";
