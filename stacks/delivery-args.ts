import type { DeliveryArgs } from "../components/delivery.ts";
import type { DeliveryVariable, VcsConnection } from "../components/delivery/types.ts";
import { Failure } from "../report/failure.ts";
import { isProduction } from "../schema/sections/delivery.ts";
import type { Tenant } from "../schema/tenant.ts";
import { withoutSlash } from "./address-of.ts";
import type { Environment } from "./environment.ts";
import { resolveSecret } from "./secret-reference.ts";

type Server = Exclude<NonNullable<Environment["tfe"]>, "none">;
type DeclaredVariable = Tenant["delivery"]["environments"][number]["variables"][number];

interface Place {
  readonly server: Server;
  /** The organization that the tenant's own repositories are in, on GitHub. */
  readonly owner: string;
}

/**
 * What a tenant's file says about its part of Terraform Cloud. Secrets that the file refers to are read from the
 * process's environment: throws a {@link Failure} `secret-missing`; `vcs-missing` for a repository that Terraform Cloud
 * has no connection to.
 */
export function deliveryArgs(tenant: Tenant, { server, owner }: Place): DeliveryArgs {
  const { project, terraformVersion, environments, variableSets, teams, notifications } = tenant.delivery;
  return {
    url: withoutSlash(server.url),
    organization: server.organization,
    tenant: tenant.id,
    ...(project !== undefined && { project }),
    enabled: tenant.status === "active",
    protectWorkspaces: tenant.status !== "destroyed",
    vcs: connectionFor(environments, server),
    environments: environments.map(({ repository, variables, ...environment }) => ({
      ...environment,
      terraformVersion: environment.terraformVersion ?? terraformVersion,
      autoApply: environment.autoApply ?? !isProduction(environment.name),
      repository: repository?.includes("/") === false ? `${owner}/${repository}` : repository,
      variables: variables.map(variable),
    })),
    variableSets: variableSets.map(({ variables, ...set }) => ({
      ...set,
      variables: variables.map(variable),
    })),
    teams,
    notifications,
  };
}

function variable({ value, secret, ...declared }: DeclaredVariable): DeliveryVariable {
  return secret === undefined
    ? { ...declared, value: value ?? "" }
    : { ...declared, value: resolveSecret(secret), sensitive: true };
}

function connectionFor(
  environments: Tenant["delivery"]["environments"],
  { vcs, organization }: Server,
): VcsConnection | undefined {
  const linked = environments.find(({ repository }) => repository !== undefined);
  if (linked === undefined || vcs !== undefined) return vcs;
  throw new Failure(
    "vcs-missing",
    `environment ${linked.name} has a repository, and Terraform Cloud's organization ${organization} no connection to any`,
    {
      system: "Terraform Cloud",
      fix: "name its connection under tfe.vcs in the environment's file: { githubApp: ghain-… } or { oauthToken: ot-… }",
    },
  );
}
