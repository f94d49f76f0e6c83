import { type OnlineValidation, validateOnline } from "../discovery/online/validate-online.ts";
import { LayerCatalog } from "../schema/layers.ts";
import { loadFleet } from "../schema/load-fleet.ts";
import { loadTenantFile } from "../schema/load-tenant-file.ts";
import { onlineEnvironment } from "./online-environment.ts";
import { root } from "./project-root.ts";

/** Looks what systems say about tenants whose files are valid by themselves: all of a folder, or those that are named. */
export async function askOnline(
  dir: string,
  files: readonly string[],
  environment: string,
): Promise<OnlineValidation> {
  const layers = new LayerCatalog(dir);
  const tenants =
    files.length === 0
      ? (await loadFleet(dir)).tenants
      : files.flatMap((file) => loadTenantFile(dir, file, layers).loaded ?? []);
  return validateOnline(tenants, onlineEnvironment(root, environment));
}
