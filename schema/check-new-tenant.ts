import { join } from "node:path";
import { fleetRules } from "./fleet-rules.ts";
import { LayerCatalog } from "./layers.ts";
import { readFleet } from "./load-fleet.ts";
import { checkTenantFile } from "./load-tenant-file.ts";
import { isMap } from "./merge.ts";
import type { Problem } from "./problem.ts";
import { fileLabel } from "./read-yaml.ts";
import { YamlFile } from "./yaml-file.ts";

/** What would be wrong with a file that isn't written yet: by itself, and beside the fleet in a folder. */
export async function checkNewTenant(dir: string, id: string, text: string): Promise<readonly Problem[]> {
  const file = new YamlFile(fileLabel(dir, join(dir, `${id}.yaml`)), text);
  if (!isMap(file.value)) return file.problems;
  const added = checkTenantFile(file, file.value, new LayerCatalog(dir));
  const { files } = await readFleet(dir);
  const between = fleetRules([...files, added]).filter((problem) => problem.file === file.file);
  return [...added.layerProblems, ...added.problems, ...between];
}
