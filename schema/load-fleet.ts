import { setImmediate } from "node:timers/promises";
import { LayerCatalog } from "./layers.ts";
import { findTenantFiles } from "./find-tenant-files.ts";
import { fleetRules } from "./fleet-rules.ts";
import { type LoadedTenant, type TenantFile, loadTenantFile } from "./load-tenant-file.ts";
import type { Problem } from "./problem.ts";
import { fileLabel } from "./read-yaml.ts";

/** Every tenant of a folder, and everything that is wrong with any of them. */
export interface Fleet {
  /** The tenants that are valid by themselves. They are only to be deployed when there are no problems. */
  readonly tenants: readonly LoadedTenant[];
  /** Ordered by file and line. Empty: the whole fleet is valid. */
  readonly problems: readonly Problem[];
  /** How many tenant files there are. */
  readonly files: number;
}

/**
 * Reads every tenant file under a folder, with plans and defaults, and checks each alone and all together. Needs no
 * network and no credentials.
 */
export async function loadFleet(dir: string): Promise<Fleet> {
  const { files, problems } = await readFleet(dir);
  return {
    tenants: files.flatMap(({ loaded }) => loaded ?? []),
    problems: [...problems, ...files.flatMap((file) => file.problems), ...fleetRules(files)].sort(byPlace),
    files: files.length,
  };
}

/** Reads every tenant file by itself. The problems are those of plans, defaults and folders. */
export async function readFleet(
  dir: string,
): Promise<{ readonly files: readonly TenantFile[]; readonly problems: readonly Problem[] }> {
  const found = findTenantFiles(dir);
  const catalog = new LayerCatalog(dir);
  const files: TenantFile[] = [];
  for (const [index, path] of found.files.entries()) {
    files.push(loadTenantFile(dir, path, catalog));
    // Reading is faster without promises; now and then signals and progress get their turn.
    if (index % 200 === 199) await setImmediate();
  }
  const folders = found.failures.map(({ path, message }) => ({
    file: fileLabel(dir, path),
    line: 1,
    column: 1,
    code: "folder-unreadable",
    path: "",
    message,
  }));
  return { files, problems: [...catalog.problems(), ...folders] };
}

/** Orders problems by file and line. */
export function byPlace(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
