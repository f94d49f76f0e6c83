import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { escapeIdentifier } from "pg";
import {
  configure,
  type LoginInputs,
  type LoginOutputs,
} from "../../../providers/postgresql/login-implementation.ts";
import { serve } from "../../../providers/serve.ts";
import {
  createBareTenant,
  dropBareTenant,
  serverLog,
  session,
  sql,
  superuser,
} from "../../support/postgres-tenant.ts";

const login = configure(process.env);
const provider = serve(login);
const id = "login-co";
const name = `${id}_alice`;
const inputs: LoginInputs = {
  database: id,
  name,
  group: `${id}_developer`,
  enabled: true,
  validUntil: undefined,
  connectionLimit: -1,
  comment: `tenantry: tenant ${id}`,
  attributes: [],
};

const found = async (state: LoginOutputs): Promise<LoginOutputs> => {
  const outputs = await login.read(state.name, state);
  if (outputs === undefined) throw new Error(`${state.name} is gone`);
  return outputs;
};
const differs = async (state: LoginOutputs, news: LoginInputs = inputs): Promise<boolean> =>
  (await provider.diff(name, { ...(await found(state)) }, { ...news })).changes;
const exists = async (role: string): Promise<boolean> =>
  (await sql("postgres", `SELECT FROM pg_roles WHERE rolname = '${role.replaceAll("'", "''")}'`)).length > 0;
const connects = async ({ name: user, password, database }: LoginOutputs): Promise<string> => {
  try {
    const [row] = await sql(database, "SELECT current_user AS who", { user, password });
    return String(row?.["who"]);
  } catch (error) {
    return (error as Error).message;
  }
};

beforeAll(async () => {
  await createBareTenant(id, ["developer", "auditor", "tenant_admin"]);
});
afterAll(() => dropBareTenant({ id }));
beforeEach(async () => {
  await sql("postgres", `DROP ROLE IF EXISTS "${name}"`, superuser());
});

describe("create", () => {
  test("makes a login that connects, is in its group and is marked as ours", async () => {
    const { id: made, outputs } = await login.create(inputs);
    expect(made).toBe(name);
    expect(outputs.password).toMatch(/^[A-Za-z][A-Za-z0-9._-]{31}$/);
    expect(await connects(outputs)).toBe(name);
    expect(await found(outputs)).toEqual(outputs);
    expect(await differs(outputs)).toBe(false);
    const [row] = await sql(
      "postgres",
      `SELECT pg_has_role('${name}', '${id}_developer', 'usage') AS uses, pg_has_role('${name}', '${id}_developer', 'set') AS becomes`,
    );
    expect(row).toEqual({ uses: true, becomes: false });
  });

  test("finishes what a try began whose answer was lost, with a new password", async () => {
    const first = await login.create(inputs);
    const second = await login.create({ ...inputs, group: `${id}_auditor` });
    expect(second.outputs.oid).toBe(first.outputs.oid);
    expect(await connects(first.outputs)).toMatch(/password authentication failed/);
    expect(await connects(second.outputs)).toBe(name);
    expect((await found(second.outputs)).group).toBe(`${id}_auditor`);
  });

  test.each([
    ["without a comment", ""],
    ["of another tenant", `COMMENT ON ROLE "${name}" IS 'tenantry: tenant other'`],
  ])("refuses a role %s and leaves it alone", async (_what, comment) => {
    await sql("postgres", `CREATE ROLE "${name}" LOGIN PASSWORD 'theirs-1234567'; ${comment}`);
    await expect(login.create(inputs)).rejects.toMatchObject({ code: "role-not-ours", system: "PostgreSQL" });
    expect(await connects({ ...inputs, oid: "", password: "theirs-1234567" })).toBe(name);
  });

  test("ten at once, and the same one ten times at once", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `${id}_person-${index}`);
    const made = await Promise.all(names.map((each) => login.create({ ...inputs, name: each })));
    expect(await Promise.all(made.map(({ outputs }) => connects(outputs)))).toEqual(names);
    await Promise.all(made.map(({ outputs }) => login.delete(outputs.name, outputs)));
    expect(await Promise.all(names.map(exists))).toEqual(names.map(() => false));
    const same = await Promise.all(names.map(() => login.create(inputs)));
    expect(new Set(same.map(({ outputs }) => outputs.oid)).size).toBe(1);
  });

  test.each([
    `${id}_o'brien`,
    `${id}_"quoted"`,
    `${id}_a.b-c`,
    `${id}_x; DROP ROLE postgres; --`,
    `${id}_ÜÑÎ`,
    `${id}_$1`,
  ])("takes the name %s as it is", async (strange) => {
    const { outputs } = await login.create({ ...inputs, name: strange });
    expect(await connects(outputs)).toBe(strange);
    expect(await login.read(strange, outputs)).toEqual(outputs);
    await login.delete(strange, outputs);
    expect(await exists(strange)).toBe(false);
  });

  test("refuses a name that the server would cut off", async () => {
    const { failures } = await provider.check({}, { ...inputs, name: "x".repeat(64) });
    expect(failures).toEqual([{ property: "name", reason: "a name of at most 63 bytes" }]);
  });

  test("leaves nothing behind when its group is not there", async () => {
    await expect(login.create({ ...inputs, group: `${id}_nobody` })).rejects.toMatchObject({
      code: "role-missing",
    });
    expect(await exists(name)).toBe(false);
  });
});

describe("update", () => {
  const validUntil = "2031-05-01T00:00:00.000Z";
  test.each<[string, Partial<LoginInputs>]>([
    ["group", { group: `${id}_auditor` }],
    ["validUntil", { validUntil }],
    ["enabled", { enabled: false }],
    ["connectionLimit", { connectionLimit: 3 }],
  ])("changes %s and keeps the password", async (_field, change) => {
    const { outputs } = await login.create(inputs);
    const news = { ...inputs, ...change };
    expect(await differs(outputs, news)).toBe(true);
    const updated = await login.update(name, outputs, news);
    expect(updated).toEqual({ ...outputs, ...change });
    expect(await found(updated)).toEqual(updated);
    expect(await differs(updated, news)).toBe(false);
    const back = await login.update(name, updated, inputs);
    expect(await found(back)).toEqual(outputs);
    expect(await connects(back)).toBe(name);
  });

  test("a new rotation makes a new password and ends sessions; the same one and none keep it", async () => {
    const { outputs } = await login.create(inputs);
    const other = await login.create({ ...inputs, name: `${id}_bob` });
    const [theirs, others] = await Promise.all([
      session(id, { user: name, password: outputs.password }),
      session(id, { user: other.outputs.name, password: other.outputs.password }),
    ]);
    const news = { ...inputs, rotation: "2026-11-21-lost-phone" };
    expect(await differs(outputs, news)).toBe(true);
    const rotated = await login.update(name, outputs, news);
    expect(rotated).toEqual({ ...outputs, ...news, password: expect.not.stringContaining(outputs.password) });
    expect(await connects(outputs)).toMatch(/password authentication failed/);
    expect(await connects(rotated)).toBe(name);
    await expect(theirs.query("SELECT 1")).rejects.toThrow();
    expect((await others.query("SELECT 1")).rowCount).toBe(1);
    await others.end();
    expect(await found(rotated)).toEqual(rotated);
    expect(await differs(rotated, news)).toBe(false);

    expect(await login.update(name, rotated, { ...news, connectionLimit: 3 })).toMatchObject({
      password: rotated.password,
      rotation: news.rotation,
    });
    const removed = await login.update(name, rotated, inputs);
    expect(removed).toEqual({ ...rotated, rotation: undefined });
    expect(await connects(removed)).toBe(name);
    await login.delete(other.id, other.outputs);
  });

  test("a state from before there were rotations is read, and nothing differs", async () => {
    const { outputs } = await login.create(inputs);
    const before = { ...outputs };
    delete before.rotation;
    const read = await provider.read(name, before);
    expect(read.props).toEqual({ ...before, validUntil: undefined });
    expect(await provider.diff(name, before, { ...inputs })).toMatchObject({ changes: false });
    expect((await provider.update(name, before, { ...inputs })).outs).toMatchObject({
      password: outputs.password,
    });
  });

  test("the server itself refuses a password after validUntil", async () => {
    const { outputs } = await login.create({ ...inputs, validUntil: "2020-01-01T00:00:00.000Z" });
    expect(await connects(outputs)).toMatch(/password authentication failed/);
  });

  test("switching a login off ends its sessions and nobody else's", async () => {
    const { outputs } = await login.create(inputs);
    const other = await login.create({ ...inputs, name: `${id}_bob` });
    const [theirs, others] = await Promise.all([
      session(id, { user: name, password: outputs.password }),
      session(id, { user: other.outputs.name, password: other.outputs.password }),
    ]);
    const off = await login.update(name, outputs, { ...inputs, enabled: false });
    await expect(theirs.query("SELECT 1")).rejects.toThrow();
    expect((await others.query("SELECT 1")).rowCount).toBe(1);
    await others.end();
    expect(await connects(off)).toMatch(/not permitted to log in/);
    await login.delete(other.id, other.outputs);
  });
});

describe("changes by hand", () => {
  test.each<[string, string, Partial<LoginInputs>]>([
    [
      "a further group",
      `GRANT "${id}_tenant_admin" TO "${name}"`,
      { group: `${id}_developer, ${id}_tenant_admin with set` },
    ],
    ["no group", `REVOKE "${id}_developer" FROM "${name}"`, { group: "none" }],
    [
      "a group to hand on",
      `GRANT "${id}_developer" TO "${name}" WITH ADMIN TRUE`,
      { group: `${id}_developer with admin` },
    ],
    [
      "a group without its rights",
      `GRANT "${id}_developer" TO "${name}" WITH INHERIT FALSE`,
      { group: `${id}_developer without inherit` },
    ],
    ["off", `ALTER ROLE "${name}" NOLOGIN`, { enabled: false }],
    [
      "an end",
      `ALTER ROLE "${name}" VALID UNTIL '2040-01-01 00:00:00Z'`,
      { validUntil: "2040-01-01T00:00:00.000Z" },
    ],
    ["a limit", `ALTER ROLE "${name}" CONNECTION LIMIT 1`, { connectionLimit: 1 }],
    ["another comment", `COMMENT ON ROLE "${name}" IS 'Alice'`, { comment: "Alice" }],
    ["no comment", `COMMENT ON ROLE "${name}" IS NULL`, { comment: "" }],
    [
      "createdb and createrole",
      `ALTER ROLE "${name}" CREATEDB CREATEROLE`,
      { attributes: ["createrole", "createdb"] },
    ],
  ])("%s: seen and repaired", async (_what, statement, seen) => {
    const { outputs } = await login.create(inputs);
    await sql("postgres", statement);
    const drifted = await found(outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await differs(outputs)).toBe(true);
    const repaired = await login.update(name, drifted, inputs);
    expect(await found(repaired)).toEqual(outputs);
    expect(await connects(repaired)).toBe(name);
  });

  test.each(["SUPERUSER", "REPLICATION", "BYPASSRLS"])(
    "%s: seen; what it takes is said when the administrator can't undo it",
    async (attribute) => {
      const { outputs } = await login.create(inputs);
      await sql("postgres", `ALTER ROLE "${name}" ${attribute}`, superuser());
      expect((await found(outputs)).attributes).toEqual([attribute.toLowerCase()]);
      await expect(login.update(name, outputs, inputs)).rejects.toMatchObject({
        code: "missing-privilege",
        fix: expect.stringContaining(`ALTER ROLE "${name}" NO${attribute} `),
      });
      const { user, password } = superuser();
      const asSuperuser = configure({ ...process.env, PGUSER: user, PGPASSWORD: password });
      await asSuperuser.update(name, outputs, inputs);
      expect(await found(outputs)).toEqual(outputs);
    },
  );

  test("dropped: gone for read, made again by create", async () => {
    const { outputs } = await login.create(inputs);
    await sql("postgres", `DROP ROLE "${name}"`);
    expect(await login.read(name, outputs)).toBeUndefined();
    await expect(login.update(name, outputs, inputs)).rejects.toMatchObject({ code: "role-missing" });
    expect(await connects((await login.create(inputs)).outputs)).toBe(name);
  });

  test("dropped and made by somebody else: not ours to read, change or delete", async () => {
    const { outputs } = await login.create(inputs);
    await sql("postgres", `DROP ROLE "${name}"; CREATE ROLE "${name}"`);
    expect(await login.read(name, outputs)).toBeUndefined();
    await expect(login.update(name, outputs, inputs)).rejects.toMatchObject({ code: "role-not-ours" });
    await login.delete(name, outputs);
    expect(await exists(name)).toBe(true);
  });
});

describe("delete", () => {
  test("ends sessions, hands what was owned to the database's owner, and works twice", async () => {
    const admin = await login.create({ ...inputs, group: `${id}_tenant_admin` });
    await sql(id, `GRANT CREATE ON DATABASE "${id}" TO "${id}_tenant_admin"`);
    const theirs = await session(id, { user: name, password: admin.outputs.password });
    await theirs.query(`CREATE SCHEMA left_behind; CREATE TABLE left_behind.notes (text text);
      ALTER DEFAULT PRIVILEGES IN SCHEMA left_behind GRANT SELECT ON TABLES TO "${id}_auditor"`);
    await login.delete(name, admin.outputs);
    await expect(theirs.query("SELECT 1")).rejects.toThrow();
    await login.delete(name, admin.outputs);
    expect(await exists(name)).toBe(false);
    expect(await sql(id, "SELECT tableowner FROM pg_tables WHERE schemaname = 'left_behind'")).toEqual([
      { tableowner: `${id}_owner` },
    ]);
  });

  test("works when the database is gone already", async () => {
    const { outputs } = await login.create({ ...inputs, database: "login-co-gone" });
    await login.delete(name, outputs);
    expect(await exists(name)).toBe(false);
  });

  test("says so when the role still owns something in another database", async () => {
    const { outputs } = await login.create(inputs);
    await sql("postgres", `DROP DATABASE IF EXISTS "login-other"`);
    await sql("postgres", `CREATE DATABASE "login-other" OWNER ${escapeIdentifier(name)}`);
    await expect(login.delete(name, outputs)).rejects.toMatchObject({ code: "role-in-use" });
    await sql("postgres", `DROP DATABASE "login-other"`);
    await login.delete(name, outputs);
  });
});

test("no password is ever in the server's log, though statements fail on purpose", async () => {
  const before = serverLog().length;
  const user = escapeIdentifier(String(process.env["PGUSER"]));
  await sql("postgres", `ALTER ROLE ${user} SET log_min_error_statement = 'error'`, superuser());
  try {
    await sql(
      "postgres",
      `CREATE ROLE "${name}"; COMMENT ON ROLE "${name}" IS '${inputs.comment}'`,
      superuser(),
    );
    // The administrator doesn't administer this role: ALTER ROLE … PASSWORD fails and is logged as a whole.
    await expect(login.create(inputs)).rejects.toMatchObject({ code: "missing-privilege" });
  } finally {
    await sql("postgres", `ALTER ROLE ${user} RESET log_min_error_statement`, superuser());
  }
  const logged = serverLog()
    .slice(before)
    .match(/PASSWORD '.{14}/g);
  expect(logged).toEqual(["PASSWORD 'SCRAM-SHA-256$"]);
});
