import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { configure as configureMigrations } from "../../../providers/postgresql/migrations-implementation.ts";
import { migrationFiles } from "../../../providers/postgresql/migration-files.ts";
import { configure } from "../../../providers/postgresql/privileges-implementation.ts";
import { withoutAny, type PrivilegesInputs } from "../../../providers/postgresql/privileges-inputs.ts";
import { serve } from "../../../providers/serve.ts";
import { createBareTenant, dropBareTenant, session, sql, superuser } from "../../support/postgres-tenant.ts";

const privileges = configure(process.env);
const provider = serve(privileges);
const id = "rights-co";
const owner = `${id}_owner`;
const grantee = `${id}_developer`;
const inputs: PrivilegesInputs = {
  ...withoutAny({ database: id, owner, grantee } as PrivilegesInputs),
  onDatabase: ["CONNECT"],
  onSchema: ["USAGE"],
  tables: { applications: ["SELECT"], user_activity: ["INSERT", "SELECT"] },
  onLaterTables: ["SELECT"],
  onLaterSequences: ["USAGE"],
};
const asOwner = (statement: string): Promise<unknown> => sql(id, `SET ROLE "${owner}"; ${statement}`);
const found = async (state = inputs): Promise<PrivilegesInputs> => {
  const outputs = await privileges.read("", state);
  if (outputs === undefined) throw new Error("gone");
  return outputs;
};
const may = async (table: string, privilege: string): Promise<unknown> => {
  const [row] = await sql(id, `SELECT has_table_privilege('${grantee}', '${table}', '${privilege}') AS may`);
  return row?.["may"];
};

beforeAll(async () => {
  await createBareTenant(id, ["developer", "auditor"]);
  await configureMigrations(process.env).create({
    database: id,
    owner,
    migrations: migrationFiles(),
    objects: "as migrated",
  });
  await privileges.create(inputs);
});
afterAll(() => dropBareTenant({ id }));

describe("what is declared", () => {
  test("is what the server says, and no difference", async () => {
    expect(await found()).toEqual(inputs);
    expect(await provider.diff("", { ...(await found()) }, { ...inputs })).toMatchObject({ changes: false });
    expect([await may("applications", "SELECT"), await may("applications", "INSERT")]).toEqual([true, false]);
  });

  test("reads the same however it is written", async () => {
    const { inputs: checked, failures } = await provider.check(
      {},
      {
        ...inputs,
        onSchema: ["usage"],
        tables: { user_activity: ["SELECT", "INSERT", "select"], applications: ["SELECT"] },
      },
    );
    expect(failures).toEqual([]);
    expect(await provider.diff("", { ...(await found()) }, checked)).toMatchObject({ changes: false });
  });

  test("ALL is one word, and whatever the server's version has", async () => {
    const all = {
      ...inputs,
      grantee: `${id}_auditor`,
      onDatabase: ["ALL"],
      onSchema: ["ALL"],
      tables: { applications: ["ALL"] },
    };
    await privileges.create(all);
    expect(await found(all)).toEqual(all);
    await asOwner(`REVOKE TRUNCATE ON applications FROM "${id}_auditor"`);
    expect((await found(all)).tables["applications"]).not.toContain("TRUNCATE");
    expect((await found(all)).tables["applications"]).toContain("SELECT");
    await privileges.delete("", all);
    expect(await found(withoutAny(all))).toEqual(withoutAny(all));
  });

  test.each<[string, Partial<PrivilegesInputs>]>([
    ["onDatabase", { onDatabase: ["CONNECT", "TEMPORARY"] }],
    ["onSchema", { onSchema: [] }],
    ["tables", { tables: { applications: ["DELETE", "SELECT"], resources: ["SELECT"] } }],
    ["onLaterTables", { onLaterTables: [] }],
    ["onLaterSequences", { onLaterSequences: ["SELECT", "USAGE"] }],
  ])("%s can change, and change back", async (field, change) => {
    const news = { ...inputs, ...change };
    expect(await provider.diff("", { ...inputs }, { ...news })).toMatchObject({
      changes: true,
      replaces: [],
    });
    await privileges.update("", inputs, news);
    expect((await found(news))[field as "tables"]).toEqual(news[field as "tables"]);
    await privileges.update("", news, inputs);
    expect((await found()).tables).toMatchObject(inputs.tables);
  });

  test("later tables and sequences of the owner follow", async () => {
    await asOwner("CREATE TABLE later (id serial PRIMARY KEY)");
    expect([await may("later", "SELECT"), await may("later", "INSERT")]).toEqual([true, false]);
    const [row] = await sql(
      id,
      `SELECT has_sequence_privilege('${grantee}', 'later_id_seq', 'USAGE') AS may`,
    );
    expect(row).toEqual({ may: true });
    expect((await found()).tables).toEqual(inputs.tables);
    await asOwner("DROP TABLE later");
  });

  test("a table that somebody handed over to the owner is not opened by that", async () => {
    await sql(id, `CREATE TABLE handed_over (); ALTER TABLE handed_over OWNER TO "${owner}"`, superuser());
    expect(await found()).toEqual(inputs);
    await privileges.update("", inputs, inputs);
    expect(await may("handed_over", "SELECT")).toBe(false);
    await asOwner("DROP TABLE handed_over");
  });
});

describe("changes by hand", () => {
  const to = `TO "${grantee}"`;
  const from = `FROM "${grantee}"`;
  test.each<[string, string, Partial<PrivilegesInputs>]>([
    ["CONNECT revoked", `REVOKE CONNECT ON DATABASE "${id}" ${from}`, { onDatabase: [] }],
    [
      "CREATE on the database",
      `GRANT CREATE ON DATABASE "${id}" ${to}`,
      { onDatabase: ["CONNECT", "CREATE"] },
    ],
    ["CREATE on the schema", `GRANT CREATE ON SCHEMA public ${to}`, { onSchema: ["CREATE", "USAGE"] }],
    [
      "a table's right revoked",
      `REVOKE SELECT ON applications ${from}`,
      { tables: { applications: [], user_activity: ["INSERT", "SELECT"] } },
    ],
    [
      "a right on a declared table",
      `GRANT DELETE ON applications ${to}`,
      { tables: { applications: ["DELETE", "SELECT"], user_activity: ["INSERT", "SELECT"] } },
    ],
    [
      "a right on another table",
      `GRANT UPDATE ON resources ${to}`,
      { tables: { ...inputs.tables, resources: ["UPDATE"] } },
    ],
    [
      "a right on one column",
      `GRANT UPDATE (name) ON applications ${to}`,
      { tables: { applications: ["SELECT", "UPDATE (name)"], user_activity: ["INSERT", "SELECT"] } },
    ],
    [
      "a right to hand on",
      `GRANT SELECT ON applications ${to} WITH GRANT OPTION`,
      { tables: { applications: ["SELECT WITH GRANT OPTION"], user_activity: ["INSERT", "SELECT"] } },
    ],
    [
      "a function",
      `GRANT EXECUTE ON FUNCTION total(int) ${to}`,
      { functions: { "total(integer)": ["EXECUTE"] } },
    ],
    ["a sequence", `GRANT UPDATE ON SEQUENCE numbers ${to}`, { sequences: { numbers: ["UPDATE"] } }],
    [
      "a view",
      `GRANT SELECT, DELETE ON overview ${to}`,
      { tables: { ...inputs.tables, overview: ["DELETE", "SELECT"] } },
    ],
    [
      "later tables",
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT TRUNCATE ON TABLES ${to}`,
      { onLaterTables: ["SELECT", "TRUNCATE"] },
    ],
    [
      "later tables anywhere",
      `ALTER DEFAULT PRIVILEGES GRANT TRUNCATE ON TABLES ${to}`,
      { onLaterTables: ["TRUNCATE in every schema", "SELECT"] },
    ],
    [
      "later functions",
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS ${to}`,
      { onLaterFunctions: ["EXECUTE"] },
    ],
    [
      "no later sequences",
      `ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES ${from}`,
      { onLaterSequences: [] },
    ],
  ])("%s: seen and repaired", async (_what, statement, seen) => {
    await asOwner(`CREATE SEQUENCE numbers; CREATE VIEW overview AS SELECT 1 AS one;
      CREATE FUNCTION total(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON overview, numbers ${from}`);
    try {
      expect(await found()).toEqual(inputs);
      await asOwner(statement);
      const drifted = await found();
      expect(drifted).toEqual({ ...inputs, ...seen });
      expect(await provider.diff("", { ...drifted }, { ...inputs })).toMatchObject({
        changes: true,
        replaces: [],
      });
      await privileges.update("", drifted, inputs);
      expect(await found()).toEqual(inputs);
    } finally {
      await asOwner("DROP VIEW overview; DROP SEQUENCE numbers; DROP FUNCTION total");
    }
  });

  test("what was handed on goes with the right to hand on", async () => {
    await asOwner(`GRANT SELECT ON resources ${to} WITH GRANT OPTION`);
    await sql(id, `SET ROLE "${grantee}"; GRANT SELECT ON resources TO "${id}_auditor"`);
    await privileges.update("", inputs, inputs);
    const [row] = await sql(id, `SELECT relacl::text AS acl FROM pg_class WHERE relname = 'resources'`);
    expect(row?.["acl"]).not.toMatch(/auditor|developer/);
  });
});

describe("everybody", () => {
  const everybody = withoutAny({ ...inputs, grantee: "PUBLIC" });

  test("may do a few things before, and nothing after", async () => {
    await createBareTenant("open-co");
    const open = { ...everybody, database: "open-co", owner: "open-co_owner" };
    expect(await found(open)).toMatchObject({ onDatabase: ["CONNECT", "TEMPORARY"], onSchema: ["USAGE"] });
    await privileges.create(open);
    expect(await found(open)).toEqual(open);
    await sql(
      "open-co",
      `SET ROLE "open-co_owner"; GRANT CONNECT ON DATABASE "open-co" TO PUBLIC; CREATE TABLE t (); GRANT SELECT ON t TO PUBLIC`,
    );
    expect(await found(open)).toEqual({ ...open, onDatabase: ["CONNECT"], tables: { t: ["SELECT"] } });
    await privileges.update("", open, open);
    expect(await found(open)).toEqual(open);
    await privileges.delete("", open);
    expect(await found(open)).toEqual(open);
    await dropBareTenant({ id: "open-co" });
  });
});

describe("what is missing", () => {
  test("a declared table: says so and changes nothing", async () => {
    const news = { ...inputs, onDatabase: [], tables: { secrets: ["SELECT"] } };
    await expect(privileges.update("", inputs, news)).rejects.toMatchObject({
      code: "table-missing",
      message: expect.stringContaining("secrets"),
    });
    expect(await found()).toEqual(inputs);
  });

  test("the role or the database: gone for read, no error for delete, an error for create", async () => {
    const noRole = { ...inputs, grantee: `${id}_nobody` };
    const noDatabase = { ...inputs, database: "rights-co-gone" };
    for (const each of [noRole, noDatabase]) {
      expect(await privileges.read("", each)).toBeUndefined();
      await privileges.delete("", each);
    }
    await expect(privileges.create(noRole)).rejects.toMatchObject({ code: "role-missing" });
    await expect(privileges.create(noDatabase)).rejects.toMatchObject({ code: "database-unknown" });
  });

  test("a right that somebody else granted and we can't take back: says which", async () => {
    await sql(id, `CREATE TABLE theirs (); GRANT SELECT ON theirs TO "${grantee}"`, superuser());
    expect((await found()).tables).toEqual({ ...inputs.tables, theirs: ["SELECT"] });
    await expect(privileges.update("", inputs, inputs)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:missing-privilege|privileges-not-applied)$/),
      message: expect.stringContaining("theirs"),
    });
    await sql(id, "DROP TABLE theirs", superuser());
  });
});

test("ten at once, and a session that grants on the same tables meanwhile", async () => {
  const other = await session(id);
  const noise = (async () => {
    for (let round = 0; round < 40; round += 1) {
      await other
        .query(
          `SET ROLE "${owner}"; GRANT SELECT ON applications TO "${id}_auditor"; REVOKE SELECT ON applications FROM "${id}_auditor"`,
        )
        .catch(() => undefined);
    }
  })();
  const wanted = Array.from({ length: 10 }, (_, index) =>
    index % 2 === 0 ? inputs : { ...inputs, tables: { applications: ["ALL"] } },
  );
  await Promise.all(wanted.map((each) => privileges.update("", inputs, each)));
  await noise;
  await other.end();
  await privileges.update("", inputs, inputs);
  expect(await found()).toEqual(inputs);
});

test("delete takes everything back, twice, and from nobody else", async () => {
  const auditor = { ...inputs, grantee: `${id}_auditor` };
  await privileges.create(auditor);
  await privileges.delete("", inputs);
  await privileges.delete("", inputs);
  expect(await found(withoutAny(inputs))).toEqual(withoutAny(inputs));
  expect(await found(auditor)).toEqual(auditor);
  await privileges.delete("", auditor);
  await sql("postgres", `DROP ROLE "${grantee}"`);
});
