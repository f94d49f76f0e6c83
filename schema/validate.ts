import { join, resolve } from "node:path";
import { LayerCatalog } from "./layers.ts";
import { loadFleet } from "./load-fleet.ts";
import { loadTenantFile } from "./load-tenant-file.ts";
import type { Problem } from "./problem.ts";
import { fileLabel } from "./read-yaml.ts";

export interface Validation {
  /** How many tenant files were reported on. */
  readonly files: number;
  readonly problems: readonly Problem[];
}

/**
 * Validates the fleet in a folder, or some files of it. Files of the fleet are checked against all the others, and problems
 * are reported that they have a part in, those of plans and defaults included. A file from elsewhere is checked alone.
 */
export async function validate(dir: string, paths: readonly string[]): Promise<Validation> {
  const fleet = await loadFleet(dir);
  if (paths.length === 0) return { files: fleet.files, problems: fleet.problems };
  const inFleet = (path: string): boolean => resolve(path).startsWith(join(resolve(dir), "/"));
  const catalog = new LayerCatalog(dir);
  const alone = paths
    .filter((path) => !inFleet(path))
    .flatMap((path) => loadTenantFile(dir, path, catalog).problems);
  const labels = new Set(paths.filter(inFleet).map((path) => fileLabel(dir, path)));
  const layers = catalog.problems();
  const shared = fleet.problems.filter(
    ({ file, related }) =>
      labels.has(file) ||
      (related !== undefined && labels.has(related.file)) ||
      layers.some((layer) => layer.file === file),
  );
  return { files: paths.length, problems: [...shared, ...alone] };
}
