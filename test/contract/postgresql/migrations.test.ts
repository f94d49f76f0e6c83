import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  configure,
  type MigrationsInputs,
  type MigrationsOutputs,
} from "../../../providers/postgresql/migrations-implementation.ts";
import { migrationFiles, migrationsDirectory } from "../../../providers/postgresql/migration-files.ts";
import { serve } from "../../../providers/serve.ts";
import { createBareTenant, dropBareTenant, session, sql, superuser } from "../../support/postgres-tenant.ts";

const id = "moves-co";
const owner = `${id}_owner`;
const directory = mkdtempSync(join(tmpdir(), "tenantry-migrations-"));
const migrations = configure(process.env, directory);
const provider = serve(migrations);

const inputs = (): MigrationsInputs => ({
  database: id,
  owner,
  migrations: migrationFiles(directory),
  objects: "as migrated",
});
const add = (file: string, text: string): void => writeFileSync(join(directory, file), text);
const up = async (): Promise<MigrationsOutputs> => (await migrations.create(inputs())).outputs;
const asOwner = (statement: string): Promise<Record<string, unknown>[]> =>
  sql(id, `SET ROLE "${owner}"; ${statement}`);
const applied = async (): Promise<unknown[]> =>
  (await asOwner("SELECT version::int FROM tenantry.migrations WHERE version > 0 ORDER BY 1")).map(
    (row) => row["version"],
  );
const found = async (state: MigrationsOutputs): Promise<MigrationsOutputs> => {
  const outputs = await migrations.read(id, state);
  if (outputs === undefined) throw new Error("gone");
  return outputs;
};

beforeEach(async () => {
  rmSync(directory, { recursive: true });
  cpSync(migrationsDirectory, directory, { recursive: true });
  await createBareTenant(id, ["auditor"]);
});
afterEach(() => dropBareTenant({ id }));
afterAll(() => rmSync(directory, { recursive: true }));

describe("the project's migrations", () => {
  test("make four tables and eight indexes that belong to the owner", async () => {
    const state = await up();
    expect(
      await sql(id, "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"),
    ).toEqual(
      ["applications", "deployments", "resources", "user_activity"].map((tablename) => ({
        tablename,
        tableowner: owner,
      })),
    );
    const indexes = await sql(
      id,
      "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'idx_%'",
    );
    expect(indexes).toHaveLength(8);
    expect(await found(state)).toEqual(state);
    expect(await provider.diff(id, { ...state }, { ...inputs() })).toMatchObject({ changes: false });
    expect(state.recorded).toMatchObject({
      "column applications.name": "character varying(255)",
      "default applications.status": "'pending'::character varying",
      "constraint resources.resources_application_id_fkey":
        "FOREIGN KEY (application_id) REFERENCES applications(id) ON DELETE CASCADE",
    });
  });

  test("are booked where nobody but the owner can look", async () => {
    await up();
    await sql(id, `GRANT "${id}_auditor" TO CURRENT_USER; SET ROLE "${id}_auditor"; SELECT 1`);
    await expect(sql(id, `SET ROLE "${id}_auditor"; SELECT * FROM tenantry.migrations`)).rejects.toThrow(
      /permission denied for schema tenantry/,
    );
  });

  test("are applied once, however often and however many at once", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, up));
    expect(all.map(({ migrations: each }) => Object.keys(each).length)).toEqual(all.map(() => 4));
    expect(await applied()).toEqual([1, 2, 3, 4]);
    expect(await found(await up())).toMatchObject({ objects: "as migrated" });
  });
});

describe("a new migration", () => {
  test("is a change that names the file, and is applied", async () => {
    const state = await up();
    add("005.do.notes.sql", "CREATE TABLE notes (id serial PRIMARY KEY);");
    expect(await provider.check({ ...state }, { ...inputs() })).toMatchObject({ failures: [] });
    expect(await provider.diff(id, { ...state }, { ...inputs() })).toMatchObject({
      changes: true,
      replaces: [],
    });
    const after = await migrations.update(id, state, inputs());
    expect(Object.keys(after.migrations)).toContain("005.do.notes.sql");
    expect(after.recorded).toHaveProperty("table notes");
    expect(await found(after)).toEqual(after);
  });

  test("that drops a table takes it from the record", async () => {
    const state = await up();
    add("005.do.drop.sql", "DROP TABLE user_activity;");
    const after = await migrations.update(id, state, inputs());
    expect(Object.keys(after.recorded).filter((key) => key.includes("user_activity"))).toEqual([]);
    expect(await found(after)).toMatchObject({ objects: "as migrated" });
  });

  test("that fails leaves the one before it, and says file, line and message", async () => {
    const state = await up();
    add("005.do.good.sql", "CREATE TABLE good (id int);");
    add("006.do.bad.sql", "-- Grüße 🎉\nCREATE TABLE half (id int);\n\nSELECT *\n  FROM nowhere;\n");
    await expect(migrations.update(id, state, inputs())).rejects.toMatchObject({
      code: "migration-failed",
      system: "PostgreSQL",
      message: 'migrations/006.do.bad.sql line 5: relation "nowhere" does not exist',
    });
    expect(await applied()).toEqual([1, 2, 3, 4, 5]);
    expect(await sql(id, "SELECT FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    add("006.do.bad.sql", "CREATE TABLE half (id int);");
    // As after a refresh: the books are read, the record isn't made anew.
    const after = await migrations.update(id, await found(state), inputs());
    expect(await applied()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await found(after)).toMatchObject({ objects: "as migrated", migrations: inputs().migrations });
    await asOwner("DROP TABLE good");
    expect(await found(after)).toMatchObject({ objects: "missing table good" });
  });

  test("and its line in the books are one: what can't be booked isn't applied", async () => {
    const state = await up();
    add("005.do.books.sql", "CREATE TABLE half (id int); DROP SCHEMA tenantry CASCADE;");
    await expect(migrations.update(id, state, inputs())).rejects.toThrow(/tenantry\.migrations/);
    expect(await sql(id, "SELECT FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    expect(await applied()).toEqual([1, 2, 3, 4]);
  });
});

describe("an old migration", () => {
  const cases: [string, () => void, RegExp][] = [
    [
      "edited",
      () => add("002.do.resources.sql", "SELECT 1;"),
      /002\.do\.resources\.sql was edited after it was applied/,
    ],
    [
      "vanished",
      () => rmSync(join(directory, "003.do.deployments.sql")),
      /003\.do\.deployments\.sql was applied but is not there/,
    ],
  ];
  test.each(cases)(
    "%s is an error before anything is done, and without the last state too",
    async (_what, change, text) => {
      const state = await up();
      change();
      const { failures } = await provider.check({ ...state }, { ...inputs() });
      expect(failures).toEqual([{ property: "", reason: expect.stringMatching(text) }]);
      await expect(up()).rejects.toMatchObject({
        code: "migration-history",
        message: expect.stringMatching(text),
      });
    },
  );

  test("with other line ends is the same", async () => {
    const state = await up();
    const text = "CREATE TABLE ends (id int);\n";
    add("005.do.ends.sql", text);
    const after = await migrations.update(id, state, inputs());
    add("005.do.ends.sql", text.replaceAll("\n", "\r\n"));
    expect(inputs().migrations).toEqual(after.migrations);
    await expect(up()).resolves.toBeDefined();
  });

  test("forgotten by the books is seen", async () => {
    const state = await up();
    await asOwner("DELETE FROM tenantry.migrations WHERE version = 4");
    expect(Object.keys((await found(state)).migrations)).toEqual(Object.keys(state.migrations).slice(0, 3));
  });

  test.each(["5.do.short.sql", "005.applications.sql", "notes.txt", "004.do.twin.sql"])(
    "a file named %s is refused rather than never run",
    (file) => {
      add(file, "SELECT 1;");
      expect(inputs).toThrow(expect.objectContaining({ code: "migration-name" }));
    },
  );
});

describe("changes by hand", () => {
  test.each<[string, string]>([
    ["DROP INDEX idx_applications_status", "missing index idx_applications_status"],
    [
      "DROP INDEX idx_applications_status; CREATE INDEX idx_applications_status ON applications (team)",
      "changed index idx_applications_status: CREATE INDEX idx_applications_status ON public.applications USING btree (team), " +
        "was CREATE INDEX idx_applications_status ON public.applications USING btree (status)",
    ],
    ["ALTER TABLE applications ALTER status DROP DEFAULT", "missing default applications.status"],
    [
      "ALTER TABLE applications ALTER status SET DEFAULT 'x'",
      "changed default applications.status: 'x'::character varying, was 'pending'::character varying",
    ],
    ["ALTER TABLE applications ALTER team DROP NOT NULL", "missing not null applications.team"],
    [
      "ALTER TABLE applications ALTER description SET NOT NULL",
      "unexpected not null applications.description",
    ],
    ["ALTER TABLE deployments ALTER version SET DEFAULT '1'", "unexpected default deployments.version"],
    [
      "ALTER TABLE resources DROP CONSTRAINT resources_name_type_key",
      "missing constraint resources.resources_name_type_key",
    ],
    [
      "ALTER TABLE applications DROP CONSTRAINT applications_pkey CASCADE",
      "missing constraint applications.applications_pkey; missing constraint deployments.deployments_application_id_fkey; " +
        "missing constraint resources.resources_application_id_fkey",
    ],
  ])("%s: seen and repaired", async (statement, seen) => {
    const state = await up();
    await asOwner(statement);
    const drifted = await found(state);
    expect(drifted).toEqual({ ...state, objects: seen });
    expect(await provider.diff(id, { ...drifted }, { ...inputs() })).toMatchObject({ changes: true });
    const repaired = await migrations.update(id, drifted, inputs());
    expect(repaired).toEqual(state);
    expect(await found(repaired)).toEqual(state);
  });

  test.each<[string, string]>([
    ["DROP TABLE user_activity", "missing table user_activity"],
    [
      "ALTER TABLE applications DROP COLUMN team",
      "missing column applications.team; missing index idx_applications_team",
    ],
    [
      "ALTER TABLE applications ALTER team TYPE text",
      "changed column applications.team: text, was character varying(255)",
    ],
  ])("%s: seen, and not repaired because data is lost", async (statement, seen) => {
    const state = await up();
    await asOwner(statement);
    expect(await found(state)).toEqual({ ...state, objects: seen });
    await expect(migrations.update(id, state, inputs())).rejects.toMatchObject({
      code: "schema-damaged",
      fix: expect.stringContaining("backup"),
    });
  });

  test("what data no longer allows is said with the statement that it takes", async () => {
    const state = await up();
    await asOwner(`ALTER TABLE applications DROP CONSTRAINT applications_name_key;
      INSERT INTO applications (name, team, created_by) VALUES ('a', 't', 'x'), ('a', 't', 'x')`);
    await expect(migrations.update(id, state, inputs())).rejects.toMatchObject({
      code: "schema-repair-failed",
      message: expect.stringContaining("could not create unique index"),
      fix: expect.stringContaining("ADD CONSTRAINT"),
    });
  });

  test("what others add is theirs", async () => {
    const state = await up();
    await asOwner("CREATE INDEX own ON applications (name); CREATE TABLE own_table (id int)");
    await sql(id, "CREATE TABLE theirs (id int)", superuser());
    expect(await found(state)).toEqual(state);
    expect(await migrations.update(id, state, inputs())).toEqual(state);
    await sql(id, "DROP TABLE theirs", superuser());
  });
});

test("the database is gone: gone for read, no error for delete", async () => {
  const state = await up();
  await dropBareTenant({ id });
  expect(await migrations.read(id, state)).toBeUndefined();
  await migrations.delete(id, state);
});

test("a run that was killed in the middle of a migration doesn't hold up the next", async () => {
  const killed = await session(id);
  await killed.query(`SELECT pg_advisory_lock(hashtextextended('tenantry migrations', 0))`);
  await killed.query(`BEGIN; CREATE TABLE half (id int)`).catch(() => undefined);
  const waiting = up();
  await killed.end();
  expect(Object.keys((await waiting).migrations)).toHaveLength(4);
});
