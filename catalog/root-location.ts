import type { LocationEntity } from "@backstage/catalog-model";
import { apiVersion } from "./metadata.ts";

/** The file of a catalog's repository that leads to all others: what Backstage is told of. */
export const rootFile = "catalog-info.yaml";

/**
 * The entity that leads to the files of tenants. A file that is gone takes its entities along: Backstage keeps those of a
 * target that is required, and reads patterns such as `*.yaml` from GitHub, not from Gitea.
 */
export function rootLocation(targets: readonly string[]): LocationEntity {
  return {
    apiVersion,
    kind: "Location",
    metadata: { name: "tenantry", description: "All tenants" },
    spec: { presence: "optional", targets: targets.map((target) => `./${target}`).sort() },
  };
}
