import type { TenantCollaborationArgs } from "../components/tenant.ts";
import type { Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";

/** What a tenant's file says about its Mattermost team. `url` is Mattermost's address. */
export function collaborationArgs(tenant: Tenant, url: string): TenantCollaborationArgs {
  const { team = tenant.id, signIn, channels, bots, webhooks, adopt } = tenant.collaboration;
  return {
    url,
    tenant: tenant.id,
    team,
    displayName: tenant.name,
    enabled: tenant.status === "active",
    protectTeam: tenant.status !== "destroyed",
    adopt,
    signInByRealm: signIn === "realm",
    teams: tenant.teams,
    channels,
    people: peopleOf(tenant, "collaboration"),
    bots,
    webhooks,
  };
}
