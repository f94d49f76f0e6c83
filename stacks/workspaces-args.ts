import type { WorkspacesArgs } from "../components/workspaces.ts";
import type { Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";

/** What a tenant's file says about its workspaces. `url` is Coder's address. */
export function workspacesArgs(tenant: Tenant, url: string): WorkspacesArgs {
  const { organization, groups, templates, personal, adopt } = tenant.workspaces;
  return {
    url,
    tenant: tenant.id,
    organization,
    displayName: tenant.name,
    enabled: tenant.status === "active",
    protectOrganization: tenant.status !== "destroyed",
    adopt,
    groups: groups ? tenant.teams : [],
    templates,
    personal,
    people: peopleOf(tenant, "workspaces"),
  };
}
