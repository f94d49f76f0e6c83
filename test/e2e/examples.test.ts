import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FleetReport } from "../../fleet/fleet-report.ts";
import type { RoleName } from "../../schema/tenant.ts";
import { loadTenant } from "../../schema/load-tenant.ts";
import { servers } from "../../testbed/servers.ts";
import { type Access, Project, repository } from "../support/project.ts";
import { startTestServers, testEnvironment, type TestServers } from "../support/servers.ts";
import { Browser, type Tokens } from "../support/sign-in.ts";

/** The repository's three examples, side by side: what they have, what they can't reach, and that no secret leaks. */
const examples = ["acme", "globex", "retail"] as const;
type Example = (typeof examples)[number];

const access = {} as Record<Example, Access>;
const seen: { processes: string; outputs: string } = { processes: "", outputs: "" };
let project: Project;
let administrators: TestServers;

beforeAll(async () => {
  administrators = await startTestServers();
  project = new Project("examples");
  await project.wipe(...examples);
  examples.forEach((id) => project.useExample(id));
  const sampling = setInterval(
    () => (seen.processes += execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })),
    250,
  );
  const { stdout, stderr, exitCode } = await project.tenantry(["up", ...examples]);
  seen.outputs += stdout + stderr;
  if (exitCode !== 0) throw new Error(stderr);
  for (const id of examples) access[id] = await project.json(["access", id, "--show-secrets"]);
  const again = await project.tenantry(["preview", "--refresh", ...examples]);
  seen.outputs += again.stdout + again.stderr;
  if (again.exitCode !== 0) throw new Error(again.stderr);
  clearInterval(sampling);
});

afterAll(async () => {
  for (const id of examples) {
    const text = project.read(`tenants/${id}.yaml`).replace(/^status:.*$/m, "");
    project.write(`tenants/${id}.yaml`, `${text}\nstatus: destroyed\nconfirmDestroy: ${id}\n`);
  }
  const { tenants } = await project.json<FleetReport>(["destroy", ...examples]);
  expect(tenants.map(({ result }) => result)).toEqual(["succeeded", "succeeded", "succeeded"]);
  const left = await project.postgres.rows(
    "postgres",
    "SELECT rolname FROM pg_roles WHERE rolname ~ '^(acme|globex|retail)_'",
  );
  expect(left).toEqual([]);
});

function people(
  id: Example,
): { username: string; role: RoleName; login: { login: string; password: string } }[] {
  const result = loadTenant(join(repository, "tenants"), id);
  if (!result.valid) throw new Error(`example ${id} is invalid`);
  return result.loaded.tenant.users.flatMap(({ username, email, role }) => {
    const name = username ?? email.slice(0, email.indexOf("@"));
    const login = access[id].people[name]?.database;
    return login ? [{ username: name, role, login }] : [];
  });
}

describe("every login against every tenant's database", () => {
  test.each(examples)("people of %s get into their own and into no other", async (id) => {
    const logins = people(id);
    expect(logins.length).toBeGreaterThan(0);
    for (const { login } of logins) {
      expect(await project.postgres.rowsAs(login, access[id].database.database, "SELECT 1 AS one")).toEqual([
        { one: 1 },
      ]);
      for (const other of [
        ...examples.filter((each) => each !== id).map((each) => access[each].database.database),
        "postgres",
        "template1",
      ]) {
        await expect(project.postgres.connectAs(login, other)).rejects.toThrow(
          /permission denied for database/,
        );
      }
    }
  });

  /** Seed document 003, section 3.3: S(elect) I(nsert) U(pdate) D(elete), in the order of `tables`. */
  const tables = ["applications", "resources", "deployments", "user_activity"];
  const matrix: Record<RoleName, readonly string[]> = {
    tenant_admin: ["SIUD", "SIUD", "SIUD", "SIUD"],
    application_manager: ["SIUD", "SIUD", "SIUD", "SI"],
    developer: ["S", "S", "S", "SI"],
    auditor: ["S", "S", "S", "S"],
  };
  const rights = { S: "SELECT", I: "INSERT", U: "UPDATE", D: "DELETE" };

  test.each(examples)("people of %s have the rights of their role, table by table", async (id) => {
    for (const { role, login } of people(id)) {
      for (const [index, table] of tables.entries()) {
        const asked = Object.entries(rights).map(
          ([letter, right]) => `has_table_privilege('${table}', '${right}') AS "${letter}"`,
        );
        const [row] = await project.postgres.rowsAs(
          login,
          access[id].database.database,
          `SELECT ${asked.join(", ")}`,
        );
        const held = Object.keys(rights)
          .filter((letter) => row?.[letter] === true)
          .join("");
        expect({ role, table, held }).toEqual({ role, table, held: matrix[role][index] });
      }
    }
  });

  test.each(examples)(
    "people of %s see no password, make no role, and can't become the owner",
    async (id) => {
      const [person] = people(id);
      const database = access[id].database.database;
      for (const statement of [
        "SELECT rolpassword FROM pg_authid",
        "CREATE ROLE intruder",
        `SET ROLE "${id}_owner"`,
        `DROP DATABASE "${database}"`,
      ]) {
        await expect(project.postgres.rowsAs(person?.login, database, statement)).rejects.toThrow(
          /permission denied|must be owner|cannot drop the currently open/,
        );
      }
    },
  );
});

test("a token of one tenant's realm is worth nothing in another's", async () => {
  const redirectUri = "https://test.example/callback";
  const tokens = {} as Record<Example, Tokens>;
  const applications = {} as Record<Example, { issuer: string; clientId: string; redirectUri: string }>;
  for (const id of ["acme", "globex"] as const) {
    const { issuer } = access[id].identity;
    const client = { clientId: "probe", publicClient: true, redirectUris: [redirectUri] };
    await project.keycloak.create(`/realms/${id}/clients`, client);
    applications[id] = { issuer, clientId: "probe", redirectUri };
    const browser = new Browser();
    await browser.open(applications[id]);
    const account = Object.values(access[id].people).find((person) => person?.identity)?.identity;
    await browser.submit({ username: account?.username ?? "", password: account?.oneTimePassword ?? "" });
    const password = "Correct-horse-battery-1";
    const callback = await browser.submit({ "password-new": password, "password-confirm": password });
    tokens[id] = await browser.tokens(applications[id], callback);
  }
  const userInfo = (realm: Example, token: string): Promise<Response> =>
    fetch(`${access[realm].identity.issuer}/protocol/openid-connect/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await userInfo("acme", tokens.acme.access_token)).status).toBe(200);
  expect((await userInfo("globex", tokens.acme.access_token)).status).toBe(401);
  expect((await userInfo("acme", tokens.globex.access_token)).status).toBe(401);
});

describe("secrets", () => {
  const secretsOf = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) =>
          /password|secret/i.test(key) && typeof inner === "string" ? [inner] : secretsOf(inner),
        )
      : [];

  /** Every secret there is: generated for people and clients, the administrators', and the passphrase. */
  function secrets(): string[] {
    const made = examples.flatMap((id) => secretsOf(access[id]));
    const { postgres, postgresSuperuser, keycloak } = administrators;
    const theirs = [postgres, postgresSuperuser, keycloak].map(({ password }) => password);
    return [...made, ...theirs, project.read(".tenantry/local/passphrase").trim()];
  }

  const holds = (text: string): string[] => secrets().filter((secret) => text.includes(secret));

  test("there are some to look for", () => {
    expect(secrets().length).toBeGreaterThan(15);
    expect(secrets().every((secret) => secret.length >= 12)).toBe(true);
    expect(holds(`x${secrets()[0] ?? ""}y`)).toHaveLength(1);
  });

  test("none in what the commands printed", () => {
    expect(seen.outputs.length).toBeGreaterThan(1000);
    expect(holds(seen.outputs)).toEqual([]);
  });

  test("none in any process's arguments", () => {
    expect(seen.processes).toMatch(/pulumi up --stack local\.acme/);
    expect(holds(seen.processes)).toEqual([]);
  });

  test("none in states, their history, backups and stack configurations, in clear", () => {
    const files = filesBelow(join(project.root, ".tenantry", "local", "state")).concat(
      filesBelow(join(project.root, "stacks")),
    );
    expect(files.some((file) => file.endsWith("local.acme.json"))).toBe(true);
    expect(files.filter((file) => holds(readFileSync(file, "latin1")).length > 0)).toEqual([]);
  });

  test("none in the servers' logs", () => {
    // The others have none of these tenants' secrets: test/e2e/accounts.test.ts looks there.
    const always = servers.filter(({ optional }) => optional !== true);
    const logs = always.map(({ name }) => readFileSync(join(testEnvironment, name, "log"), "latin1"));
    expect(logs.every((log) => log.length > 1000)).toBe(true);
    expect(logs.flatMap(holds)).toEqual([]);
  });

  test("none in any file of the project outside of the ignored folder", () => {
    const files = filesBelow(project.root).filter(
      (file) => !file.startsWith(join(project.root, ".tenantry")),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => holds(readFileSync(file, "latin1")).length > 0)).toEqual([]);
  });
});

/** Every plain file below a folder; links are not followed. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
