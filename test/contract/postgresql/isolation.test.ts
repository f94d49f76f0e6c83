import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { grants } from "../../../components/database/grants.ts";
import { configure as configureLogin } from "../../../providers/postgresql/login-implementation.ts";
import { migrationFiles } from "../../../providers/postgresql/migration-files.ts";
import { configure as configureMigrations } from "../../../providers/postgresql/migrations-implementation.ts";
import { configure as configurePrivileges } from "../../../providers/postgresql/privileges-implementation.ts";
import { withoutAny, type PrivilegesInputs } from "../../../providers/postgresql/privileges-inputs.ts";
import { serve } from "../../../providers/serve.ts";
import { roles, type RoleName } from "../../../schema/tenant.ts";
import { createBareTenant, dropBareTenant, sql } from "../../support/postgres-tenant.ts";

const tenants = ["first-co", "second-co", "third-co"] as const;
const tables = ["applications", "resources", "deployments", "user_activity"] as const;
const privileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"] as const;

/** Seed document 003, section 3.3, once more by hand: S, I, U, D or everything. */
const matrix: Readonly<Record<RoleName, Readonly<Record<(typeof tables)[number], string>>>> = {
  tenant_admin: { applications: "*", resources: "*", deployments: "*", user_activity: "*" },
  application_manager: { applications: "SIUD", resources: "SIUD", deployments: "SIUD", user_activity: "SI" },
  developer: { applications: "S", resources: "S", deployments: "S", user_activity: "SI" },
  auditor: { applications: "S", resources: "S", deployments: "S", user_activity: "S" },
};

interface Account {
  readonly tenant: string;
  readonly role: RoleName;
  readonly user: string;
  readonly password: string;
}
const accounts: Account[] = [];

async function createTenant(tenant: string): Promise<void> {
  const { owner } = await createBareTenant(tenant, roles);
  const privilege = serve(configurePrivileges(process.env));
  const give = async (grantee: string, given: object): Promise<void> => {
    const none = withoutAny({ database: tenant, owner, grantee } as PrivilegesInputs);
    const { inputs, failures } = await privilege.check({}, { ...none, ...given });
    expect(failures).toEqual([]);
    await privilege.create(inputs);
  };
  await give("PUBLIC", {});
  await configureMigrations(process.env).create({
    database: tenant,
    owner,
    migrations: migrationFiles(),
    objects: "as migrated",
  });
  for (const role of roles) {
    await give(`${tenant}_${role}`, grants[role]);
    const { outputs } = await configureLogin(process.env).create({
      database: tenant,
      name: `${tenant}_a-${role}`,
      group: `${tenant}_${role}`,
      enabled: true,
      connectionLimit: -1,
      comment: `tenantry: tenant ${tenant}`,
      attributes: [],
    });
    accounts.push({ tenant, role, user: outputs.name, password: outputs.password });
  }
}

beforeAll(async () => {
  await Promise.all(tenants.map(createTenant));
});
afterAll(async () => {
  for (const id of tenants) await dropBareTenant({ id });
});

const refused = async (account: Account, database: string, statement = "SELECT 1"): Promise<string> => {
  try {
    await sql(database, statement, account);
    return "allowed";
  } catch (error) {
    return (error as Error).message;
  }
};
const allows = (role: RoleName, table: (typeof tables)[number], privilege: string): boolean =>
  matrix[role][table] === "*" ||
  (/^[SIUD]/.test(privilege) && matrix[role][table].includes(privilege.charAt(0)));

describe.each(roles)("%s", (role) => {
  test("has exactly the matrix's rights, in its own tenant and by the server's word", async () => {
    for (const { tenant, user } of accounts.filter((account) => account.role === role)) {
      for (const table of tables) {
        for (const privilege of privileges) {
          const [row] = await sql(
            tenant,
            `SELECT has_table_privilege('${user}', '${table}', '${privilege}') AS may`,
          );
          expect([user, table, privilege, row?.["may"]]).toEqual([
            user,
            table,
            privilege,
            allows(role, table, privilege),
          ]);
        }
      }
    }
  });

  test("can really do that and nothing else", async () => {
    const account = accounts.find((each) => each.role === role && each.tenant === "first-co");
    if (!account) throw new Error("no account");
    const statements = {
      SELECT: (table: string) => `SELECT count(*) FROM ${table}`,
      INSERT: (table: string) =>
        `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, '[]')`,
      UPDATE: (table: string) => `UPDATE ${table} SET id = gen_random_uuid() WHERE false`,
      DELETE: (table: string) => `DELETE FROM ${table}`,
      TRUNCATE: (table: string) => `TRUNCATE ${table} CASCADE`,
    };
    for (const table of tables) {
      for (const [privilege, statement] of Object.entries(statements)) {
        // UPDATE and DELETE read what they look at; INSERT alone must do without.
        const answer = await refused(account, account.tenant, statement(table));
        const expected = allows(role, table, privilege) ? "allowed" : `permission denied for table ${table}`;
        expect([table, privilege, answer]).toEqual([table, privilege, expected]);
      }
    }
    expect(await refused(account, account.tenant, "CREATE TABLE own (id int)")).toBe(
      role === "tenant_admin" ? "allowed" : "permission denied for schema public",
    );
    expect(await refused(account, account.tenant, "CREATE SCHEMA own")).toBe(
      role === "tenant_admin" ? "allowed" : "permission denied for database first-co",
    );
  });

  test("has its rights on tables that later migrations make", async () => {
    const later = { tenant_admin: "*", application_manager: "SIUD", developer: "S", auditor: "S" }[role];
    await sql("second-co", `SET ROLE "second-co_owner"; CREATE TABLE IF NOT EXISTS later (id int)`);
    for (const privilege of privileges) {
      const [row] = await sql(
        "second-co",
        `SELECT has_table_privilege('second-co_a-${role}', 'later', '${privilege}') AS may`,
      );
      const expected = later === "*" || (/^[SIUD]/.test(privilege) && later.includes(privilege.charAt(0)));
      expect([privilege, row?.["may"]]).toEqual([privilege, expected]);
    }
  });

  test("becomes nobody else and makes nothing for others", async () => {
    for (const account of accounts.filter((each) => each.role === role)) {
      const others = [
        `${account.tenant}_owner`,
        ...roles.map((each) => `${account.tenant}_${each}`),
        "postgres",
      ];
      for (const other of others) {
        expect(await refused(account, account.tenant, `SET ROLE "${other}"`)).toMatch(
          /permission denied to set role/,
        );
      }
      expect(await refused(account, account.tenant, "CREATE ROLE mine")).toMatch(
        /permission denied to create role/,
      );
      expect(await refused(account, account.tenant, "CREATE DATABASE mine")).toMatch(/permission denied/);
      expect(await refused(account, account.tenant, "SELECT * FROM pg_authid")).toMatch(/permission denied/);
    }
  });
});

test("no login of any tenant gets into another's database", async () => {
  for (const account of accounts) {
    for (const database of tenants) {
      const expected =
        database === account.tenant ? "allowed" : `permission denied for database "${database}"`;
      expect([account.user, database, await refused(account, database)]).toEqual([
        account.user,
        database,
        expected,
      ]);
    }
  }
});
