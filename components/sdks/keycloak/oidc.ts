/** Where else people sign in, in Keycloak's SDK. */
export { IdentityProvider, type IdentityProviderArgs } from "@pulumi/keycloak/oidc/identityProvider.js";
