import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceControlArgs } from "../components/source-control.ts";
import { Failure } from "../report/failure.ts";
import type { Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";

type File = Tenant["sourceControl"]["repositories"][number]["files"][number];

/**
 * What a tenant's file says about its organization for source code. `url` is the system's address, `root` the project's
 * folder, where files are read that go into repositories: throws a {@link Failure} `source-missing`.
 */
export function sourceControlArgs(tenant: Tenant, url: string, root: string): SourceControlArgs {
  const { system, organization = tenant.id, repositories, adopt } = tenant.sourceControl;
  return {
    system,
    url,
    tenant: tenant.id,
    organization,
    displayName: tenant.name,
    enabled: tenant.status === "active",
    protectRepositories: tenant.status !== "destroyed",
    adopt,
    teams: tenant.teams,
    people: peopleOf(tenant, "sourceControl"),
    repositories: repositories.map((repository) => ({
      ...repository,
      files: repository.files.map((file) => ({ path: file.path, content: contentOf(file, root) })),
    })),
  };
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
