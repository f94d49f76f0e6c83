import { tenantText } from "../catalog/catalog-text.ts";
import type { DeliveryPlace, SourceControlPlace, Surroundings } from "../catalog/surroundings.ts";
import { tenantEntities } from "../catalog/tenant-entities.ts";
import type { CatalogArgs } from "../components/catalog.ts";
import type { Tenant } from "../schema/tenant.ts";
import { addressOf, withoutSlash } from "./address-of.ts";
import type { Environment } from "./environment.ts";
import { ownRepositories } from "./source-control-args.ts";
import type { Part } from "./tenant-services.ts";

/** A tenant's file in the catalog of its environment; undefined: the environment keeps none. */
export function catalogArgs(
  tenant: Tenant,
  environment: Environment,
  there: ReadonlySet<Part>,
): CatalogArgs | undefined {
  if (environment.catalog === undefined) return undefined;
  const { path, ...place } = environment.catalog;
  const entities = tenantEntities(tenant, catalogSurroundings(tenant, environment, there));
  return {
    ...place,
    tenant: tenant.id,
    path: `${path}/${tenant.id}.yaml`,
    content: tenantText(entities, tenant.id),
  };
}

/** What the catalog tells of an environment, for a tenant that has these parts there. */
export function catalogSurroundings(
  tenant: Tenant,
  { postgres, keycloak, gitea, github, tfe }: Environment,
  there: ReadonlySet<Part>,
): Surroundings {
  return {
    today: new Date().toISOString().slice(0, 10),
    database: postgres,
    identityUrl: withoutSlash(keycloak.url),
    sourceControl: there.has("sourceControl") ? sourceControlPlace(tenant, { gitea, github }) : undefined,
    delivery: there.has("delivery") ? deliveryPlace(tenant, tfe) : undefined,
  };
}

function sourceControlPlace(
  tenant: Tenant,
  { gitea, github }: Pick<Environment, "gitea" | "github">,
): SourceControlPlace | undefined {
  const { system, repositories } = tenant.sourceControl;
  const shared = system === "github" && typeof github === "object" ? github.organization : undefined;
  const { organization = shared ?? tenant.id } = tenant.sourceControl;
  const url = addressOf({ gitea, github }[system]);
  if (url === undefined) return undefined;
  return {
    system,
    url,
    organization,
    repositories: [...ownRepositories(tenant, organization), ...repositories],
  };
}

function deliveryPlace({ id, delivery }: Tenant, tfe: Environment["tfe"]): DeliveryPlace | undefined {
  if (typeof tfe !== "object") return undefined;
  return {
    url: withoutSlash(tfe.url),
    organization: tfe.organization,
    workspaces: delivery.environments.map(({ name, repository }) => ({
      environment: name,
      name: `${id}-${name}`,
      repository,
    })),
  };
}
