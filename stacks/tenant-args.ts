import type { TenantArgs } from "../components/tenant.ts";
import type { GithubProtection } from "../providers/github/protection.ts";
import type { Tenant } from "../schema/tenant.ts";
import { addressOf } from "./address-of.ts";
import { catalogArgs } from "./catalog-args.ts";
import { collaborationArgs } from "./collaboration-args.ts";
import { crmArgs } from "./crm-args.ts";
import { deliveryArgs } from "./delivery-args.ts";
import { databaseArgs } from "./database-args.ts";
import type { Environment } from "./environment.ts";
import { identityArgs } from "./identity-args.ts";
import { invitationsArgs } from "./invitations-args.ts";
import { sourceControlArgs } from "./source-control-args.ts";
import type { Part } from "./tenant-services.ts";
import { workspacesArgs } from "./workspaces-args.ts";

interface Place {
  readonly environment: Environment;
  /** What the tenant wants and the environment has. */
  readonly there: ReadonlySet<Part>;
  /** The project's folder. */
  readonly root: string;
  /** The locale of new databases. */
  readonly locale: string;
  /** How GitHub protects branches, where the tenant has a part of it. */
  readonly protection?: GithubProtection | undefined;
}

/** What a tenant's file says, for one environment. Throws a `Failure` for a secret or a file that isn't there. */
export function tenantArgs(
  tenant: Tenant,
  { environment, there, root, locale, protection }: Place,
): TenantArgs {
  /** The arguments of a part of the tenant, if it is there. */
  const part = <Args>(
    name: Part,
    server: Environment["mattermost"],
    args: (url: string) => Args,
  ): Args | undefined => {
    const url = addressOf(server);
    return there.has(name) && url !== undefined ? args(url) : undefined;
  };

  const { postgres, keycloak, mattermost, coder, gitea, github, twenty, tfe } = environment;
  const collaboration = part("collaboration", mattermost, (url) => collaborationArgs(tenant, url));
  const workspaces = part("workspaces", coder, (url) => workspacesArgs(tenant, url));
  const sourceControl =
    tenant.sourceControl.system === "github"
      ? part("sourceControl", github, (url) => ({
          ...sourceControlArgs(tenant, { ...(typeof github === "object" && github), url }, root),
          ...(protection && { github: protection }),
        }))
      : part("sourceControl", gitea, (url) => sourceControlArgs(tenant, { url }, root));
  const delivery =
    there.has("delivery") && tfe !== undefined && tfe !== "none"
      ? deliveryArgs(tenant, { server: tfe, owner: repositoryOwner(tenant, github) })
      : undefined;
  const catalog = catalogArgs(tenant, environment, there);
  const crm = part("crm", twenty, (url) => crmArgs(tenant, url));
  return {
    database: databaseArgs(tenant, { ...postgres, locale }),
    identity: identityArgs(tenant, keycloak.url),
    ...(collaboration && { collaboration }),
    ...(workspaces && { workspaces }),
    ...(sourceControl && { sourceControl }),
    ...(delivery && { delivery }),
    ...(crm && { crm }),
    ...(catalog && { catalog }),
    ...(there.has("invitations") && { invitations: invitationsArgs(tenant) }),
  };
}

/** Whose the tenant's repositories are on GitHub. */
function repositoryOwner({ id, sourceControl }: Tenant, github: Environment["github"]): string {
  const organization = github === "none" ? undefined : github?.organization;
  return sourceControl.organization ?? organization ?? id;
}
