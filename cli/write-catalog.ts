import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Entity } from "@backstage/catalog-model";
import { isOurs, tenantText } from "../catalog/catalog-text.ts";
import { rootFile, rootText, targetOf } from "../catalog/root-location.ts";
import { Failure } from "../report/failure.ts";

interface Content {
  /** Where tenants' files are, below the catalog's folder. */
  readonly folder: string;
  /** The tenants to write. */
  readonly tenants: ReadonlyMap<string, readonly Entity[]>;
  /** The ids of all tenants that may have a file; undefined: unknown, and none is removed. */
  readonly known: readonly string[] | undefined;
}

/** What became of the files, by their paths below the catalog's folder. */
export interface CatalogFiles {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Writes tenants and the location that leads to them into a catalog's folder, and removes what was written of tenants that
 * are gone. Files that others wrote are left alone: throws a {@link Failure} `file-not-ours` before anything is changed
 * where one is in the way.
 */
export function writeCatalog(out: string, { folder, tenants, known }: Content): CatalogFiles {
  const fileOf = (tenant: string): string => `${folder}/${tenant}.yaml`;
  const before = ownFiles(join(out, folder)).map((name) => `${folder}/${name}`);
  const removed = known === undefined ? [] : before.filter((file) => !known.map(fileOf).includes(file));
  const texts = new Map([...tenants].map(([id, entities]) => [fileOf(id), tenantText(entities, id)]));
  const targets = new Set([...before.filter((file) => !removed.includes(file)), ...texts.keys()]);
  texts.set(rootFile, rootText([...targets].map(targetOf)));
  const present = new Map([...texts.keys()].map((file) => [file, textOf(join(out, file))]));
  refuseOthers(out, present);

  const changed = [...texts].filter(([file, text]) => present.get(file) !== text);
  for (const [file, text] of changed) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), text);
  }
  for (const file of removed) rmSync(join(out, file));
  const written = changed.map(([file]) => file);
  return { written, removed, unchanged: [...texts.keys()].filter((file) => !written.includes(file)) };
}

function refuseOthers(out: string, present: ReadonlyMap<string, string | undefined>): void {
  const others = [...present].filter(([, text]) => text !== undefined && !isOurs(text)).map(([file]) => file);
  if (others.length === 0) return;
  throw new Failure("file-not-ours", `${others.join(", ")} in ${out}: not written by tenantry`, {
    fix: "move it away, or name another folder",
  });
}

/** The files in a folder that we wrote. */
function ownFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml") && isOurs(textOf(join(folder, name)) ?? ""))
    .sort();
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
