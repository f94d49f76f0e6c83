import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createServer, type AddressInfo } from "node:net";
import { configure } from "../../../providers/postgresql/login-implementation.ts";
import { findPostgresId } from "../../../providers/postgresql/find-id.ts";
import { serverLocale } from "../../../providers/postgresql/locale.ts";
import { checkPostgres } from "../../../providers/postgresql/preflight.ts";
import { createBareTenant, dropBareTenant, sql, superuser } from "../../support/postgres-tenant.ts";

const environment = process.env;
const weak = "preflight-co_weak";

beforeAll(async () => {
  await createBareTenant("preflight-co", ["developer"]);
  await sql(
    "postgres",
    `CREATE ROLE "${weak}" LOGIN PASSWORD 'weak-password-1'; GRANT CONNECT ON DATABASE postgres TO "${weak}"`,
    superuser(),
  );
});
afterAll(async () => {
  await sql("postgres", `DROP OWNED BY "${weak}"`, superuser());
  await dropBareTenant({ id: "preflight-co" });
});

async function unusedPort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe("preflight", () => {
  test("the administrator and the superuser will do", async () => {
    await checkPostgres(environment);
    const { user, password } = superuser();
    await checkPostgres({ ...environment, PGUSER: user, PGPASSWORD: password });
  });

  test.each<[string, string, Record<string, string | undefined>, RegExp]>([
    ["no password", "credentials-missing", { PGPASSWORD: undefined }, /PGPASSWORD/],
    ["a port that is none", "credentials-missing", { PGPORT: "high" }, /PGPORT/],
    ["a wrong password", "wrong-password", { PGPASSWORD: "wrong" }, /PGPASSWORD/],
    ["a user that isn't there", "wrong-password", { PGUSER: "nobody-here" }, /PGUSER/],
    ["a database that isn't there", "database-unknown", { PGDATABASE: "nowhere" }, /database/],
    ["TLS where the server has none", "tls-unsupported", { PGSSLMODE: "verify-full" }, /sslmode/],
    ["a host that isn't there", "server-unreachable", { PGHOST: "nowhere.invalid" }, /start it/],
  ])("%s: %s", async (_what, code, change, fix) => {
    await expect(checkPostgres({ ...environment, ...change })).rejects.toMatchObject({
      code,
      system: "PostgreSQL",
      fix: expect.stringMatching(fix),
    });
  });

  test("a server that is down, for the preflight and for every method of a resource", async () => {
    const down = { ...environment, PGPORT: await unusedPort() };
    const expected = {
      code: "server-unreachable",
      message: expect.stringContaining(`127.0.0.1:${down.PGPORT}`),
    };
    await expect(checkPostgres(down)).rejects.toMatchObject(expected);
    const login = configure(down);
    const inputs = {
      database: "preflight-co",
      name: "preflight-co_alice",
      group: "preflight-co_developer",
      enabled: true,
      connectionLimit: -1,
      comment: "",
      attributes: [],
    };
    const state = { ...inputs, oid: "1", password: "x" };
    await expect(login.create(inputs)).rejects.toMatchObject(expected);
    await expect(login.read("", state)).rejects.toMatchObject(expected);
    await expect(login.update("", state, inputs)).rejects.toMatchObject(expected);
    await expect(login.delete("", state)).rejects.toMatchObject(expected);
  });

  test("an administrator without the rights is told the statements that give them", async () => {
    const asWeak = { ...environment, PGUSER: weak, PGPASSWORD: "weak-password-1" };
    await expect(checkPostgres(asWeak)).rejects.toMatchObject({
      code: "missing-privilege",
      fix: `as a superuser run: ALTER ROLE "${weak}" CREATEDB CREATEROLE; ALTER ROLE "${weak}" SET createrole_self_grant = 'set, inherit'`,
    });
    await sql("postgres", `ALTER ROLE "${weak}" CREATEDB CREATEROLE`, superuser());
    await expect(checkPostgres(asWeak)).rejects.toMatchObject({
      fix: expect.not.stringContaining("CREATEDB"),
    });
    await sql("postgres", `ALTER ROLE "${weak}" SET createrole_self_grant = 'inherit,set'`, superuser());
    await checkPostgres(asWeak);
  });
});

test("the locale is one that the server makes databases with", async () => {
  const locale = await serverLocale(environment);
  expect(["en_US.UTF-8", "C.UTF-8", "C"]).toContain(locale);
  await sql("postgres", `DROP DATABASE IF EXISTS "preflight-locale"`);
  await sql(
    "postgres",
    `CREATE DATABASE "preflight-locale" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE '${locale}' LC_CTYPE '${locale}'`,
  );
  await sql("postgres", `DROP DATABASE "preflight-locale"`);
});

describe("what an interrupted create made", () => {
  const role = "postgresql:index/role:Role";
  const database = "postgresql:index/database:Database";
  test.each<[string, string, Record<string, unknown>, string | undefined]>([
    ["a role of ours", role, { name: "preflight-co_developer" }, "preflight-co_developer"],
    ["a role that isn't there", role, { name: "preflight-co_nobody" }, undefined],
    ["somebody else's role", role, { name: weak }, undefined],
    ["a database of ours", database, { name: "preflight-co", owner: "preflight-co_owner" }, "preflight-co"],
    ["somebody else's database", database, { name: "postgres", owner: "preflight-co_owner" }, undefined],
    ["a database without an owner", database, { name: "preflight-co" }, undefined],
    ["something else", "postgresql:index/schema:Schema", { name: "public" }, undefined],
  ])("%s", async (_what, type, inputs, id) => {
    expect(await findPostgresId({ type, inputs }, environment)).toBe(id);
  });
});
