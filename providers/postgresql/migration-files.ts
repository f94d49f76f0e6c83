import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../report/failure.ts";

/** The project's migrations: `<version>.do.<what>.sql`, the names that postgrator knows. */
export const migrationsDirectory = fileURLToPath(new URL("../../migrations/", import.meta.url));

const fileName = /^(?<version>[0-9]{3,})\.do\.[a-z0-9-]+\.sql$/;

/** The version in a migration's file name, `undefined` when it isn't one. */
export function migrationVersion(file: string): number | undefined {
  const version = fileName.exec(file)?.groups?.["version"];
  return version === undefined ? undefined : Number(version);
}

/**
 * Every migration's file name with the checksum of its text, in order. The checksum is postgrator's, MD5 with line ends
 * as LF: it detects edits, it isn't a defence against attackers.
 *
 * Throws a {@link Failure} `migration-name` for a file that would silently never run, or for a version used twice.
 */
export function migrationFiles(directory = migrationsDirectory): Record<string, string> {
  const versions = new Map<number, string>();
  const files = readdirSync(directory).sort();
  for (const file of files) {
    const version = migrationVersion(file);
    const twin = version === undefined ? undefined : versions.get(version);
    if (version === undefined || twin !== undefined) {
      throw new Failure(
        "migration-name",
        `migrations/${file} ${twin ? `has the version of ${twin}` : "is no migration"}`,
        {
          fix: "name it <next version>.do.<what-it-does>.sql, such as 005.do.secrets.sql",
        },
      );
    }
    versions.set(version, file);
  }
  return Object.fromEntries(
    files.map((file) => [file, checksum(readFileSync(join(directory, file), "utf8"))]),
  );
}

function checksum(text: string): string {
  return createHash("md5")
    .update(text.replaceAll(/\r\n|\r/g, "\n"), "utf8")
    .digest("hex");
}
