import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { findTenantFiles } from "./find-tenant-files.ts";
import { LayerCatalog } from "./layers.ts";
import { type LoadedTenant, loadTenantFile } from "./load-tenant-file.ts";
import type { Problem } from "./problem.ts";
import { fileLabel } from "./read-yaml.ts";
import { isMap } from "./merge.ts";
import { closest } from "./suggest.ts";
import { tenantFile } from "./tenant.ts";
import { YamlFile } from "./yaml-file.ts";

export type TenantResult =
  | { readonly valid: true; readonly loaded: LoadedTenant }
  | { readonly valid: false; readonly problems: readonly Problem[] };

/**
 * Reads one tenant by its id, with its plan and the defaults, without reading the whole fleet: `<dir>/<id>.yaml` first, else
 * the file that says `id: <id>`. Rules between tenants are `loadFleet`'s.
 */
export function loadTenant(dir: string, id: string): TenantResult {
  const path = findTenant(dir, id);
  if (path === undefined) return { valid: false, problems: [notFound(dir, id)] };
  const { loaded, problems, layerProblems } = loadTenantFile(dir, path, new LayerCatalog(dir));
  return loaded ? { valid: true, loaded } : { valid: false, problems: [...layerProblems, ...problems] };
}

/** The path of the file that says `id: <id>`, or undefined. */
export function findTenant(dir: string, id: string): string | undefined {
  const says = (path: string): boolean => idIn(path) === id;
  const named = join(dir, `${id}.yaml`);
  if (existsSync(named) && says(named)) return named;
  return findTenantFiles(dir).files.find(says);
}

/** The id that a file gives: by a look at its lines, or, when that finds none (in JSON, say), by parsing it. */
function idIn(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const line = /^id[ \t]*:[ \t]*["']?([^\s"'#]+)/m.exec(text)?.[1];
    if (line !== undefined) return line;
    const { value } = new YamlFile(path, text);
    return isMap(value) && typeof value["id"] === "string" ? value["id"] : undefined;
  } catch {
    return undefined;
  }
}

function notFound(dir: string, id: string): Problem {
  const ids = findTenantFiles(dir).files.map((path) => idIn(path) ?? basename(path));
  const suggestion = closest(id, ids);
  const fault = tenantFile.shape.id.safeParse(id).error?.issues[0]?.message;
  return {
    file: fileLabel(dir, join(dir, `${id}.yaml`)),
    line: 1,
    column: 1,
    code: "tenant-not-found",
    path: "id",
    message: `${fault === undefined ? `no file says \`id: ${id}\`` : `${JSON.stringify(id)} is not ${fault}`}; ${those(ids)}`,
    found: id,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** Which tenants there are, in a line. */
function those(ids: readonly string[]): string {
  if (ids.length === 0) return "there is no tenant yet";
  const [shown, more] = [ids.slice(0, 8), ids.length - 8];
  return `there ${ids.length === 1 ? "is" : "are"} ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
