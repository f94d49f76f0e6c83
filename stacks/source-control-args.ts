import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceControlArgs } from "../components/source-control.ts";
import type { SourceRepository } from "../components/source-control/repository.ts";
import { Failure } from "../report/failure.ts";
import { hasService, type Tenant } from "../schema/tenant.ts";
import { businessUnitRepository } from "./business-unit-repository.ts";
import { peopleOf } from "./people-of.ts";
import { resolveSecret } from "./secret-reference.ts";

type Repository = Tenant["sourceControl"]["repositories"][number];
type File = Repository["files"][number];

/** Where a tenant's repositories are. */
interface Server {
  /** The system's address. */
  readonly url: string;
  /** The organization that the environment names; none where each tenant has its own. */
  readonly organization?: string;
}

/**
 * What a tenant's file says about its repositories. `root` is the project's folder, where files are read that go into
 * them. Throws a {@link Failure} `source-missing`, `secret-missing`, and `organization-mismatch` for a GitHub
 * organization that isn't the environment's: that is the one that its credentials are for.
 */
export function sourceControlArgs(tenant: Tenant, server: Server, root: string): SourceControlArgs {
  const { system, organization = server.organization ?? tenant.id, adopt } = tenant.sourceControl;
  if (system === "github") refuseOtherOrganization(organization, server);
  return {
    system,
    url: server.url,
    tenant: tenant.id,
    organization,
    displayName: tenant.name,
    enabled: tenant.status === "active",
    protectRepositories: tenant.status !== "destroyed",
    adopt,
    teams: tenant.teams,
    people: peopleOf(tenant, "sourceControl"),
    repositories: [...ownRepositories(tenant, organization), ...declaredRepositories(tenant, root)],
  };
}

function declaredRepositories({ sourceControl }: Tenant, root: string): SourceRepository[] {
  return sourceControl.repositories.map((repository) => ({
    ...repository,
    files: repository.files.map((file) => ({ path: file.path, content: contentOf(file, root) })),
    actions: {
      variables: repository.actions.variables,
      secrets: Object.fromEntries(
        Object.entries(repository.actions.secrets).map(([name, reference]) => [
          name,
          resolveSecret(reference),
        ]),
      ),
    },
  }));
}

/** What a tenant has without declaring it. A declared one of the name counts instead. */
export function ownRepositories(tenant: Tenant, organization: string): SourceRepository[] {
  const { system, repositories } = tenant.sourceControl;
  if (system !== "github" || tenant.kind !== "businessUnit" || !hasService(tenant, {}, "sourceControl"))
    return [];
  const own = businessUnitRepository(tenant, organization);
  return repositories.some(({ name }) => name.toLowerCase() === own.name) ? [] : [own];
}

function refuseOtherOrganization(organization: string, server: Server): void {
  if (organization.toLowerCase() === server.organization?.toLowerCase()) return;
  throw new Failure(
    "organization-mismatch",
    `the tenant's repositories are to be in ${organization}, and this environment's GitHub organization is ${server.organization ?? "none"}`,
    {
      system: "GitHub",
      fix: "take `sourceControl.organization` out, or describe an environment for that organization",
    },
  );
}

function contentOf({ content, source }: File, root: string): string {
  if (source === undefined) return content ?? "";
  try {
    return readFileSync(join(root, source), "utf8");
  } catch (error) {
    throw new Failure("source-missing", `the file ${source}, which a repository is to hold, can't be read`, {
      fix: `put it there, relative to the project's folder, or name another \`source\``,
      cause: error,
    });
  }
}
