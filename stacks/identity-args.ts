import type { IdentityArgs } from "../components/identity.ts";
import type { IdentityProviderArgs } from "../components/identity/identity-provider.ts";
import type { IdentityProvider, Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";
import { resolveSecret } from "./secret-reference.ts";

/**
 * What a tenant's file says about its realm. `url` is Keycloak's address. Secrets that the file refers to are read from
 * the process's environment: throws a {@link Failure} `secret-missing`.
 */
export function identityArgs(tenant: Tenant, url: string): IdentityArgs {
  const { identity, domains } = tenant;
  const { portal, clients, identityProviders, ...settings } = identity;
  return {
    ...settings,
    url,
    realm: identity.realm ?? tenant.id,
    displayName: tenant.name,
    tenant: tenant.id,
    enabled: tenant.status === "active",
    protectRealm: tenant.status !== "destroyed",
    allowedEmailDomains: identity.allowedEmailDomains ?? domains,
    teams: tenant.teams,
    people: peopleOf(tenant, "identity"),
    ...(portal && { portal }),
    clients,
    identityProviders: identityProviders.map(identityProvider),
  };
}

function identityProvider(declared: IdentityProvider): IdentityProviderArgs {
  return { ...declared, clientSecret: resolveSecret(declared.clientSecret) };
}
