import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Database, type DatabaseArgs } from "../../../components/database.ts";
import { endOf } from "../../../components/database/last-day.ts";
import { roles } from "../../../schema/tenant.ts";

interface Registered {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const registered = new Map<string, Registered>();
const options = new Map<string, pulumi.CustomResourceOptions>();

await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs, id }) => {
    registered.set(name, { type, inputs: inputs as Registered["inputs"] });
    const password = type.endsWith(":Login") ? { password: `password of ${name}` } : {};
    return { id: id ?? `id of ${name}`, state: { ...password, ...(inputs as object) } };
  },
  call: () => ({}),
});

/** Declares a Database named acme and waits until all of it is registered. */
async function declare(args: Partial<DatabaseArgs> = {}): Promise<Database> {
  registered.clear();
  options.clear();
  const transformation: pulumi.ResourceTransformation = ({ name, opts }) => {
    options.set(name, opts);
    return undefined;
  };
  const database = new Database(
    "acme",
    { host: "db.example", port: 5432, ...args },
    { transformations: [transformation] },
  );
  for (let before = -1; before !== registered.size;) {
    before = registered.size;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
  return database;
}

const inputs = (name: string): Registered["inputs"] => {
  const found = registered.get(name);
  if (!found) throw new Error(`${name} is not among ${[...registered.keys()].join(", ")}`);
  return found.inputs;
};
const valueOf = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
const alice = { username: "alice", role: "tenant_admin" } as const;
const bob = { username: "bob.b", role: "developer", expires: "2026-12-31" } as const;

test("a tenant is twelve resources, and one more for each person", async () => {
  await declare({ people: [alice, bob] });
  expect([...registered].map(([name, { type }]) => `${type} ${name}`).sort()).toEqual([
    "postgresql:index/database:Database acme-database",
    "postgresql:index/role:Role acme-role-application_manager",
    "postgresql:index/role:Role acme-role-auditor",
    "postgresql:index/role:Role acme-role-developer",
    "postgresql:index/role:Role acme-role-owner",
    "postgresql:index/role:Role acme-role-tenant_admin",
    "pulumi-nodejs:dynamic/postgresql:Login acme-login-alice",
    "pulumi-nodejs:dynamic/postgresql:Login acme-login-bob.b",
    "pulumi-nodejs:dynamic/postgresql:Migrations acme-migrations",
    "pulumi-nodejs:dynamic/postgresql:Privileges acme-privileges-application_manager",
    "pulumi-nodejs:dynamic/postgresql:Privileges acme-privileges-auditor",
    "pulumi-nodejs:dynamic/postgresql:Privileges acme-privileges-developer",
    "pulumi-nodejs:dynamic/postgresql:Privileges acme-privileges-public",
    "pulumi-nodejs:dynamic/postgresql:Privileges acme-privileges-tenant_admin",
    "tenantry:index:Database acme",
  ]);
});

test("every child has the component as its parent", async () => {
  const database = await declare({ people: [alice] });
  const parents = [...options]
    .filter(([name]) => name !== "acme")
    .map(([name, { parent }]) => [name, parent === database]);
  expect(parents).toEqual(parents.map(([name]) => [name, true]));
  expect(parents.length).toBeGreaterThan(12);
});

test("nobody can log in as the owner or as a group, and none is more than a role", async () => {
  await declare();
  for (const role of ["owner", ...roles]) {
    expect(inputs(`acme-role-${role}`)).toEqual({
      name: `acme_${role}`,
      login: false,
      skipReassignOwned: true,
    });
  }
});

describe("the database", () => {
  test("is closed, protected and as declared", async () => {
    await declare({ name: "acme-main", connectionLimit: 50, locale: "C.UTF-8" });
    expect(inputs("acme-database")).toEqual({
      name: "acme-main",
      owner: "acme_owner",
      encoding: "UTF8",
      template: "template0",
      lcCollate: "C.UTF-8",
      lcCtype: "C.UTF-8",
      connectionLimit: 50,
    });
    expect(options.get("acme-database")).toMatchObject({
      protect: true,
      ignoreChanges: ["lcCollate", "lcCtype"],
    });
    expect(inputs("acme-privileges-public")).toMatchObject({
      grantee: "PUBLIC",
      onDatabase: [],
      onSchema: [],
      tables: {},
      onLaterTables: [],
    });
  });

  test("has defaults, and can be unprotected", async () => {
    await declare({ protectDatabase: false });
    expect(inputs("acme-database")).toMatchObject({
      name: "acme",
      connectionLimit: 20,
      lcCollate: "en_US.UTF-8",
    });
    expect(options.get("acme-database")).toMatchObject({ protect: false });
  });

  test("takes what is inside along, and roles outlive it", async () => {
    await declare({ people: [alice] });
    const inside = [...options].filter(([name]) => /-(?:migrations|privileges-)/.test(name));
    expect(inside).toHaveLength(6);
    for (const [, { deletedWith, replaceWith }] of inside) {
      expect([deletedWith, replaceWith?.[0]].map((each) => each?.constructor.name)).toEqual([
        "Database",
        "Database",
      ]);
    }
    expect(options.get("acme-database")?.dependsOn).toHaveLength(4);
    expect(options.get("acme-login-alice")?.deletedWith).toBeUndefined();
  });
});

test("migrations are the project's files, run by the owner", async () => {
  await declare();
  expect(inputs("acme-migrations")).toMatchObject({
    database: "acme",
    owner: "acme_owner",
    objects: "as migrated",
  });
  expect(Object.keys(inputs("acme-migrations")["migrations"] as object)).toEqual([
    "001.do.applications.sql",
    "002.do.resources.sql",
    "003.do.deployments.sql",
    "004.do.user-activity.sql",
  ]);
});

test("privileges follow the tables", async () => {
  await declare();
  for (const role of roles) {
    expect(inputs(`acme-privileges-${role}`)).toMatchObject({ grantee: `acme_${role}`, owner: "acme_owner" });
    expect(options.get(`acme-privileges-${role}`)?.dependsOn?.constructor.name).toBe("Migrations");
  }
});

describe("people", () => {
  test("have a login in their group, and nobody else's password", async () => {
    const database = await declare({ people: [alice, bob], today: "2026-06-01" });
    expect(inputs("acme-login-alice")).toMatchObject({
      database: "acme",
      name: "acme_alice",
      group: "acme_tenant_admin",
      enabled: true,
      connectionLimit: -1,
      attributes: [],
      comment: "tenantry: tenant acme",
    });
    expect(inputs("acme-login-alice")).not.toHaveProperty("validUntil");
    expect(Object.keys(database.people)).toEqual(["alice", "bob.b"]);
    const { login, password } = database.people["bob.b"] ?? {};
    expect(login && (await valueOf(login))).toBe("acme_bob.b");
    expect(password && (await valueOf(password))).toBe("password of acme-login-bob.b");
  });

  test("their passwords are secret in the state", async () => {
    await declare({ people: [alice] });
    const { additionalSecretOutputs } = options.get("acme-login-alice") ?? {};
    expect(additionalSecretOutputs).toEqual(["password"]);
  });

  test.each([
    ["on the last day", "2026-12-31", true],
    ["the day after", "2027-01-01", false],
  ])("%s", async (_when, today, enabled) => {
    await declare({ people: [bob], today });
    expect(inputs("acme-login-bob.b")).toMatchObject({ enabled, validUntil: "2027-01-01T00:00:00.000Z" });
  });

  test("of a suspended tenant are off, expired or not", async () => {
    await declare({ people: [alice, bob], enabled: false, today: "2027-02-01" });
    expect([inputs("acme-login-alice")["enabled"], inputs("acme-login-bob.b")["enabled"]]).toEqual([
      false,
      false,
    ]);
  });

  test.each(["owner", ...roles])("can't be named %s", (username) => {
    const declareOne = (): Database =>
      new Database("acme", { host: "h", port: 1, people: [{ username, role: "auditor" }] });
    expect(declareOne).toThrow(expect.objectContaining({ code: "username-reserved" }));
  });
});

test("the outputs are where to connect", async () => {
  const database = await declare({ name: "acme-main" });
  expect(
    await Promise.all([valueOf(database.host), valueOf(database.port), valueOf(database.database)]),
  ).toEqual(["db.example", 5432, "acme-main"]);
});

test.each([
  ["2026-12-31", "2027-01-01T00:00:00.000Z"],
  ["2028-02-28", "2028-02-29T00:00:00.000Z"],
  ["2026-03-29", "2026-03-30T00:00:00.000Z"],
])("access whose last day is %s ends at %s", (date, end) => {
  expect(endOf(date)).toBe(end);
});
