import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./error-code.ts";

export interface FoundFiles {
  /** Sorted, so that every run reports in the same order. */
  readonly files: readonly string[];
  /** Folders that could not be read or lead back to themselves, and why. */
  readonly failures: readonly { readonly path: string; readonly message: string }[];
}

/** Whether a file's name makes it one that Tenantry reads. */
export function isYamlName(name: string): boolean {
  return /^[^.].*\.ya?ml$/i.test(name);
}

/**
 * Finds the tenant files under a folder, at any depth. `defaults.yaml` and `plans/` at its top are layers, not tenants;
 * names that start with a dot are skipped.
 */
export function findTenantFiles(dir: string): FoundFiles {
  const files: string[] = [];
  const failures: { path: string; message: string }[] = [];
  const search = (folder: string, parents: readonly string[]): void => {
    let entries: Dirent[];
    let real: string;
    try {
      real = realpathSync(folder);
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      const code = errorCode(error);
      failures.push({
        path: folder,
        message: code === "EACCES" ? "can't be read: permission denied" : `can't be read: ${code}`,
      });
      return;
    }
    if (parents.includes(real)) {
      failures.push({ path: folder, message: "is a symbolic link to a folder that it is in itself" });
      return;
    }
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".") || (folder === dir && ["defaults.yaml", "plans"].includes(entry.name)))
        continue;
      // A folder named like a file is taken for one: reading it says what is wrong.
      if (isYamlName(entry.name)) files.push(path);
      else if (isFolder(entry, path)) search(path, [...parents, real]);
    }
  };
  search(dir, []);
  return { files: files.sort(), failures };
}

function isFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
