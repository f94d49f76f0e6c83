import type { ComponentEntity } from "@backstage/catalog-model";
import type { Tenant } from "../schema/tenant.ts";
import { entityName } from "./entity-name.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { apiVersion, metadata } from "./metadata.ts";
import type { Surroundings } from "./surroundings.ts";

type Repository = Tenant["sourceControl"]["repositories"][number];

/** The tenant's repositories, where the environment has a system for them. */
export function componentsOf(tenant: Tenant, { sourceControlUrl: url }: Surroundings): ComponentEntity[] {
  if (url === undefined) return [];
  const { id, sourceControl } = tenant;
  return sourceControl.repositories.map((repository) => {
    const { name, description, topics, archived, defaultBranch } = repository;
    const place = `${url}/${sourceControl.organization ?? id}/${name}`;
    return {
      apiVersion,
      kind: "Component",
      metadata: metadata(id, entityName(id, name), {
        ...(description !== "" && { description }),
        annotations: { "backstage.io/source-location": `url:${place}/src/branch/${inPath(defaultBranch)}/` },
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

/** The first team that may do most in it, if that is to write at least. */
function ownerOf(id: string, { teams }: Repository): string {
  const allowed = Object.entries(teams);
  const [team] =
    allowed.find(([, access]) => access === "admin") ??
    allowed.find(([, access]) => access === "write") ??
    [];
  return team === undefined ? id : entityName(id, team);
}

/** `isValidTag` in @backstage/catalog-model: no dots, and single hyphens inside. */
function tagsOf(topics: readonly string[]): string[] {
  return [...new Set(topics.map((topic) => topic.replaceAll(/[.-]+/g, "-").replace(/-$/, "")))];
}

function inPath(branch: string): string {
  return branch.split("/").map(encodeURIComponent).join("/");
}
