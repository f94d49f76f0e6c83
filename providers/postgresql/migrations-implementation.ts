import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { failureText } from "../failure-text.ts";
import type { Implementation } from "../implementation.ts";
import { connector } from "./connect.ts";
import { migrationVersion, migrationsDirectory } from "./migration-files.ts";
import { appliedMigrations, becomeOwner, runMigrations } from "./run-migrations.ts";
import {
  compareSchema,
  inOrder,
  recordSchema,
  type SchemaDrift,
  type SchemaRecord,
} from "./schema-record.ts";
import { identifier } from "./identifier.ts";
import type { Environment } from "./server.ts";
import type { Client } from "pg";

const system = "PostgreSQL";

const inputs = z.strictObject({
  database: identifier,
  owner: identifier,
  /** File names with checksums. */
  migrations: z.record(z.string(), z.string()),
  /** `as migrated`. In what is read, what differs from that. */
  objects: z.string(),
});
const outputs = inputs.extend({
  /** What the migrations made, as it was right after them. */
  recorded: z.record(z.string(), z.string()),
  /** The last migration that is in the record. */
  version: z.int(),
});

export type MigrationsInputs = z.output<typeof inputs>;
export type MigrationsOutputs = z.output<typeof outputs>;
type Recorded = Pick<MigrationsOutputs, "recorded" | "version">;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(
  environment: Environment,
  directory = migrationsDirectory,
): Implementation<MigrationsInputs, MigrationsOutputs> {
  const connect = connector(environment);
  const migrate = (news: MigrationsInputs, olds: Recorded): Promise<MigrationsOutputs> =>
    connect.to(news.database, async (client) => {
      await becomeOwner(client, news.owner);
      const files = Object.keys(news.migrations).sort();
      const applied = await appliedMigrations(client, files);
      const [failure] = historyFailures(applied, news.migrations);
      if (failure) throw failure;
      await repairSchema(client, news, olds.recorded);
      const before = await recordSchema(client, news.owner);
      await runMigrations(client, directory, files);
      const after = await recordSchema(client, news.owner);
      // A run that failed halfway applied migrations and recorded nothing.
      const isBehind = lastVersion(Object.keys(applied)) > olds.version;
      const recorded = isBehind ? after : recordOf(olds.recorded, before, after);
      return { ...news, recorded, version: lastVersion(files) };
    });

  return {
    inputs,
    outputs,
    replaceOn: ["database"],
    check: (olds, news) => {
      const before = inputs.shape.migrations.safeParse(olds["migrations"]);
      if (!before.success) return [];
      // No property: the engine would print all of it.
      return historyFailures(before.data, news.migrations).map((failure) => ({
        property: "",
        reason: failureText(failure),
      }));
    },
    create: async (news) => ({
      id: news.database,
      outputs: await migrate(news, { recorded: {}, version: 0 }),
    }),
    update: (_id, olds, news) => migrate(news, olds),
    read: async (_id, state) => {
      try {
        return await connect.to(state.database, async (client) => {
          const migrations = await appliedMigrations(client, Object.keys(state.migrations));
          const drifts = compareSchema(state.recorded, await recordSchema(client, state.owner));
          const objects = drifts.map(({ text }) => text).join("; ") || "as migrated";
          return { ...state, migrations, objects };
        });
      } catch (error) {
        if (error instanceof Failure && error.code === "database-unknown") return undefined;
        throw error;
      }
    },
    // Tables are data. They go with the database and not before.
    delete: () => Promise.resolve(),
  };
}

function lastVersion(files: readonly string[]): number {
  return Math.max(0, ...files.map((file) => migrationVersion(file) ?? 0));
}

/** What was applied must still be there, as it was. */
function historyFailures(
  applied: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Failure[] {
  return Object.entries(applied)
    .filter(([file, checksum]) => files[file] !== checksum)
    .map(([file]) =>
      file in files
        ? new Failure("migration-history", `migrations/${file} was edited after it was applied`, {
            system,
            fix: "undo the edit and add a new migration instead",
          })
        : new Failure("migration-history", `migrations/${file} was applied but is not there any more`, {
            system,
            fix: "bring the file back",
          }),
    );
}

/** Makes again what was dropped or changed by hand, or refuses when that would lose data or can't be done. */
async function repairSchema(client: Client, news: MigrationsInputs, recorded: SchemaRecord): Promise<void> {
  const drifts = compareSchema(recorded, await recordSchema(client, news.owner));
  const beyond = drifts.filter(({ repair }) => repair === undefined);
  if (beyond.length > 0) {
    throw new Failure("schema-damaged", `database ${news.database}: ${texts(beyond)}`, {
      system,
      fix: "restore it from a backup; making it again would lose what was in it",
    });
  }
  for (const statement of inOrder(drifts.flatMap(({ repair }) => repair ?? []))) {
    await client.query(statement).catch((error: unknown) => {
      throw new Failure(
        "schema-repair-failed",
        `database ${news.database}: ${texts(drifts)}: ${String(error)}`,
        {
          system,
          fix: `make the data fit, then run it again; what it takes is: ${statement}`,
          cause: error,
        },
      );
    });
  }
}

const texts = (drifts: readonly SchemaDrift[]): string => drifts.map(({ text }) => text).join("; ");

/** What was on record and is still there, and what these migrations made or changed. */
function recordOf(recorded: SchemaRecord, before: SchemaRecord, after: SchemaRecord): SchemaRecord {
  const entries = Object.entries(after).filter(
    ([key, definition]) => key in recorded || before[key] !== definition,
  );
  return Object.fromEntries(entries);
}
