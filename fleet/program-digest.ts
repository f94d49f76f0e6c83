import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathReach } from "./path-reach.ts";

/**
 * A digest of everything that is the same for all tenants and can change what is deployed: each file that `pathReach` calls
 * code, and what npm installed. Asked again it reads only when a file's time or size is another.
 */
export class ProgramDigest {
  readonly #root: string;
  #known: { readonly signature: string; readonly digest: string } | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Hexadecimal SHA-256. */
  get(): string {
    const files = this.#files();
    const signature = files.map((file) => `${file} ${stamp(join(this.#root, file))}`).join("\n");
    if (this.#known?.signature === signature) return this.#known.digest;
    const hash = createHash("sha256").update(`${process.version} ${process.arch}\n`);
    for (const file of files) {
      const content = readFileSync(join(this.#root, file));
      hash.update(`${file}\n${content.length}\n`).update(content);
    }
    const digest = hash.digest("hex");
    this.#known = { signature, digest };
    return digest;
  }

  #files(): string[] {
    const found: string[] = [];
    const walk = (folder: string): void => {
      for (const entry of readdirSync(join(this.#root, folder), { withFileTypes: true })) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        const linked = entry.isSymbolicLink();
        const target = linked ? statSync(join(this.#root, path), { throwIfNoEntry: false }) : entry;
        const isFolder = target?.isDirectory() ?? false;
        // From the third part of a path on it says nothing more.
        const isCode = folder.includes("/") || pathReach(isFolder ? `${path}/x` : path) === "code";
        if (!isCode) continue;
        if (!isFolder) found.push(path);
        else if (!linked) walk(path);
      }
    };
    walk("");
    const installed = "node_modules/.package-lock.json";
    if (statSync(join(this.#root, installed), { throwIfNoEntry: false })) found.push(installed);
    return found.sort();
  }
}

function stamp(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}` : "gone";
}
