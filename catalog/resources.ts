import type { ApiEntity, ResourceEntity } from "@backstage/catalog-model";
import { stringify } from "yaml";
import type { Tenant } from "../schema/tenant.ts";
import { entityName } from "./entity-name.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { apiVersion, metadata } from "./metadata.ts";
import type { Surroundings } from "./surroundings.ts";

export function databaseOf({ id, database }: Tenant, { database: at }: Surroundings): ResourceEntity {
  const description = `PostgreSQL database ${database.name ?? id} on ${at.host}:${at.port}`;
  return {
    apiVersion,
    kind: "Resource",
    metadata: metadata(id, entityName(id, "database"), { description }),
    spec: { type: "database", owner: id, system: id },
  };
}

export function realmOf(tenant: Tenant, around: Surroundings): ResourceEntity {
  const { id, identity } = tenant;
  return {
    apiVersion,
    kind: "Resource",
    metadata: metadata(id, entityName(id, "realm"), {
      description: `Keycloak realm ${identity.realm ?? id}`,
      links: [{ url: `${issuerOf(tenant, around)}/account`, title: "Account console" }],
    }),
    spec: { type: "realm", owner: id, system: id },
  };
}

/** What applications sign people in by: the realm's OpenID Connect endpoints, with the clients that may use them. */
export function signInOf(tenant: Tenant, around: Surroundings): ApiEntity {
  const { id, identity } = tenant;
  const issuer = issuerOf(tenant, around);
  const clients = [...(identity.portal ? ["portal"] : []), ...identity.clients.map((client) => client.id)];
  return {
    apiVersion,
    kind: "API",
    metadata: metadata(id, entityName(id, "sign-in"), {
      description: "Sign-in by OpenID Connect",
    }),
    spec: {
      type: "openid-connect",
      lifecycle: lifecycleOf(tenant),
      owner: id,
      system: id,
      definition: stringify({
        issuer,
        configuration: `${issuer}/.well-known/openid-configuration`,
        clients,
      }),
    },
  };
}

function issuerOf({ id, identity }: Tenant, { identityUrl }: Surroundings): string {
  return `${identityUrl}/realms/${identity.realm ?? id}`;
}
