import { join } from "node:path";
import { escapeIdentifier, DatabaseError, type Client } from "pg";
import Postgrator from "postgrator";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { transaction } from "./connect.ts";
import { migrationVersion } from "./migration-files.ts";

const system = "PostgreSQL";

/** Where postgrator keeps its books: a schema that nobody but the owner may use. */
const schema = "tenantry";
const table = `${schema}.migrations`;

/**
 * Runs the migrations that are pending, each in one transaction with its line in the books. What fails leaves the one
 * before. The caller holds the lock and has checked the old ones.
 *
 * Throws a {@link Failure} `migration-failed` that names the file and the line.
 */
export async function runMigrations(
  client: Client,
  directory: string,
  files: readonly string[],
): Promise<void> {
  const applied = await appliedMigrations(client, files);
  for (const file of files.filter((each) => !(each in applied))) {
    const postgrator = new Postgrator({
      driver: "pg",
      migrationPattern: join(directory, "*.sql"),
      newline: "LF",
      schemaTable: table,
      execQuery: async (query) => {
        const { rows } = await client.query<Record<string, unknown>>(query);
        return { rows };
      },
      execSqlScript: async (script) => {
        await client.query(script).catch((error: unknown) => {
          throw failed(file, script, error);
        });
      },
    });
    await transaction(client, () => postgrator.migrate(String(migrationVersion(file))));
  }
}

/** The books: which files were applied, with the checksums that they had then. */
export async function appliedMigrations(
  client: Client,
  files: readonly string[],
): Promise<Record<string, string>> {
  const { rows: exists } = await client.query("SELECT to_regclass($1) AS books", [table]);
  if (z.array(z.object({ books: z.string().nullable() })).parse(exists)[0]?.books == null) return {};
  const { rows } = await client.query(
    `SELECT version::int, name, md5 FROM ${table} WHERE version > 0 ORDER BY version`,
  );
  const books = z.array(z.object({ version: z.int(), name: z.string(), md5: z.string() })).parse(rows);
  return Object.fromEntries(
    books.map(({ version, name, md5 }) => {
      const file = files.find((each) => migrationVersion(each) === version);
      return [file ?? `${String(version).padStart(3, "0")}.do.${name}.sql`, md5];
    }),
  );
}

/** Waits for the one other run that may be at work in this database, and becomes the owner. */
export async function becomeOwner(client: Client, owner: string): Promise<void> {
  await client.query("SET lock_timeout = 0");
  await client.query("SELECT pg_advisory_lock(hashtextextended('tenantry migrations', 0))");
  await client.query("SET lock_timeout = '30s'");
  await client.query(`SET ROLE ${escapeIdentifier(owner)}`);
  await client.query("SET search_path = public");
}

function failed(file: string, script: string, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  // PostgreSQL counts characters, not UTF-16 units.
  const before = Array.from(script).slice(0, Number(error.position) - 1);
  const line = error.position && before.filter((character) => character === "\n").length + 1;
  return new Failure(
    "migration-failed",
    `migrations/${file}${line ? ` line ${line}` : ""}: ${error.message}`,
    {
      system,
      fix: "mend the file; nothing of it was applied, what came before it stays",
      cause: error,
    },
  );
}
