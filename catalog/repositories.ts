import type { ComponentEntity } from "@backstage/catalog-model";
import type { Tenant } from "../schema/tenant.ts";
import { entityName } from "./entity-name.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { apiVersion, metadata } from "./metadata.ts";
import type { CatalogRepository, SourceControlPlace, Surroundings } from "./surroundings.ts";
import { terraformAnnotations, workspacesOn } from "./workspaces.ts";

/** The tenant's repositories. */
export function componentsOf(tenant: Tenant, { sourceControl, delivery }: Surroundings): ComponentEntity[] {
  const { id } = tenant;
  return (sourceControl?.repositories ?? []).map((repository) => {
    const { name, description = "", topics = [], archived = false } = repository;
    return {
      apiVersion,
      kind: "Component",
      metadata: metadata(id, entityName(id, name), {
        ...(description !== "" && { description }),
        annotations: {
          ...(sourceControl && sourceAnnotations(sourceControl, repository)),
          ...terraformAnnotations(delivery, workspacesOn(name, { sourceControl, delivery })),
        },
        tags: tagsOf(topics),
      }),
      spec: {
        type: "repository",
        lifecycle: lifecycleOf(tenant, { archived }),
        owner: ownerOf(id, repository),
        system: id,
      },
    };
  });
}

/** Backstage's annotations for where a repository is. It has one more for GitHub, and none for Gitea. */
function sourceAnnotations(
  { system, url, organization }: SourceControlPlace,
  { name, defaultBranch = "main" }: CatalogRepository,
): Record<string, string> {
  const branch = defaultBranch.split("/").map(encodeURIComponent).join("/");
  const tree = { gitea: `src/branch/${branch}`, github: `tree/${branch}` }[system];
  return {
    "backstage.io/source-location": `url:${url}/${organization}/${name}/${tree}/`,
    ...(system === "github" && { "github.com/project-slug": `${organization}/${name}` }),
  };
}

/** The first team that may do most in it, if that is to write at least. */
function ownerOf(id: string, { teams = {} }: CatalogRepository): string {
  for (const most of ["admin", "maintain", "write"]) {
    const [team] = Object.entries(teams).find(([, access]) => access === most) ?? [];
    if (team !== undefined) return entityName(id, team);
  }
  return id;
}

/** `isValidTag` in @backstage/catalog-model: no dots, and single hyphens inside. */
function tagsOf(topics: readonly string[]): string[] {
  return [...new Set(topics.map((topic) => topic.replaceAll(/[.-]+/g, "-").replace(/-$/, "")))];
}
