import { dirname, join, resolve } from "node:path";
import { LayerCatalog } from "./layers.ts";
import { byPlace, loadFleet } from "./load-fleet.ts";
import { loadTenantFile } from "./load-tenant-file.ts";
import { missingFiles } from "./missing-files.ts";
import type { Problem } from "./problem.ts";
import { fileLabel } from "./read-yaml.ts";

export interface Validation {
  /** How many tenant files were reported on. */
  readonly files: number;
  readonly problems: readonly Problem[];
}

/**
 * Validates the fleet in a folder, or some files of it. Files of the fleet are checked against all the others, and problems
 * are reported that they have a part in, those of plans and defaults included. A file from elsewhere is checked alone. What
 * valid files name of the project, the folder around `dir`, has to be there.
 */
export async function validate(dir: string, paths: readonly string[]): Promise<Validation> {
  const fleet = await loadFleet(dir);
  const root = dirname(resolve(dir));
  if (paths.length === 0) {
    const problems = [...fleet.problems, ...missingFiles(fleet.tenants, root)].sort(byPlace);
    return { files: fleet.files, problems };
  }
  const inFleet = (path: string): boolean => resolve(path).startsWith(join(resolve(dir), "/"));
  const catalog = new LayerCatalog(dir);
  const alone = paths.filter((path) => !inFleet(path)).map((path) => loadTenantFile(dir, path, catalog));
  const labels = new Set(paths.filter(inFleet).map((path) => fileLabel(dir, path)));
  const layers = catalog.problems();
  const shared = fleet.problems.filter(
    ({ file, related }) =>
      labels.has(file) ||
      (related !== undefined && labels.has(related.file)) ||
      layers.some((layer) => layer.file === file),
  );
  const valid = [
    ...fleet.tenants.filter(({ file }) => labels.has(file)),
    ...alone.flatMap(({ loaded }) => loaded ?? []),
  ];
  const problems = [...shared, ...alone.flatMap((each) => each.problems), ...missingFiles(valid, root)];
  return { files: paths.length, problems };
}
