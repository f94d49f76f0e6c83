import type { DomainEntity, Entity, SystemEntity } from "@backstage/catalog-model";
import type { Tenant } from "../schema/tenant.ts";
import { apiVersion, metadata } from "./metadata.ts";
import { groupsOf, usersOf } from "./people.ts";
import { componentsOf } from "./repositories.ts";
import { databaseOf, realmOf, signInOf } from "./resources.ts";
import type { Surroundings } from "./surroundings.ts";
import { workspacesOf } from "./workspaces.ts";

/**
 * A tenant as entities of Backstage's catalog, always in the same order. All are in the namespace `default`; the tenant's
 * own domain, system and group are named by its id, everything else by {@link entityName}.
 */
export function tenantEntities(tenant: Tenant, around: Surroundings): Entity[] {
  return [
    ...domainOf(tenant),
    systemOf(tenant),
    ...groupsOf(tenant, around),
    ...usersOf(tenant, around),
    databaseOf(tenant, around),
    realmOf(tenant, around),
    signInOf(tenant, around),
    ...workspacesOf(tenant, around),
    ...componentsOf(tenant, around),
  ];
}

function domainOf({ id, kind, name, parent }: Tenant): DomainEntity[] {
  if (kind !== "businessUnit") return [];
  return [
    {
      apiVersion,
      kind: "Domain",
      metadata: metadata(id, id, { title: name }),
      spec: { owner: id, ...(parent !== undefined && { subdomainOf: parent }) },
    },
  ];
}

/** A business unit has all that a tenant has: its own system is in its own domain. */
function systemOf({ id, kind, name, parent }: Tenant): SystemEntity {
  const domain = kind === "businessUnit" ? id : parent;
  return {
    apiVersion,
    kind: "System",
    metadata: metadata(id, id, { title: name }),
    spec: { owner: id, ...(domain !== undefined && { domain }) },
  };
}
