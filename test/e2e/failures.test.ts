import { beforeAll, describe, expect, test } from "@jest/globals";
import type { FleetReport } from "../../fleet/fleet-report.ts";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { Project } from "../support/project.ts";

/** What a person reads when something is in the way. Nothing may be lost, and the next run goes on. */
const environment = ".tenantry/local/environment.yaml";
const credentials = ".tenantry/local/credentials.json";

let project: Project;
let addresses: string;
let secrets: string;

const file = (id: string, user = "erlich"): string => `version: 1
id: ${id}
name: Aviato
plan: basic
users:
  - { email: ${user}@aviato.example, firstName: Erlich, lastName: B, role: developer }
`;
const up = (id: string): Promise<StackOutcome> => project.json(["up", id]);

async function destroy(id: string): Promise<void> {
  project.write(`tenants/${id}.yaml`, `${file(id)}status: destroyed\nconfirmDestroy: ${id}\n`);
  expect(await project.json(["destroy", id])).toMatchObject({ result: "succeeded" });
}

beforeAll(async () => {
  project = new Project("failures");
  await project.wipe("aviato", "db-taken", "role-taken", "login-taken", "realm-taken");
  addresses = project.read(environment);
  secrets = project.read(credentials);
});

describe("before the engine starts", () => {
  interface Obstacle {
    what: string;
    change: () => void | Promise<void>;
    problem: { code: string; system: string };
    /** 1 unless said otherwise. */
    exitCode?: number;
  }
  const obstacles: Obstacle[] = [
    {
      what: "PostgreSQL is not there",
      change: () => project.write(environment, addresses.replace(/port: \d+/, "port: 1")),
      problem: { code: "server-unreachable", system: "PostgreSQL" },
      exitCode: 3,
    },
    {
      what: "Keycloak is not there",
      change: () => project.write(environment, addresses.replace(/url: .*/, "url: http://127.0.0.1:1")),
      problem: { code: "server-unreachable", system: "Keycloak" },
      exitCode: 3,
    },
    {
      what: "the password of PostgreSQL's administrator is wrong",
      change: () => project.write(credentials, secrets.replace(/("PGPASSWORD":\s*")[^"]*/, "$1wrong-one")),
      problem: { code: "wrong-password", system: "PostgreSQL" },
    },
    {
      what: "the password of Keycloak's administrator is wrong",
      change: () =>
        project.write(credentials, secrets.replace(/("KEYCLOAK_PASSWORD":\s*")[^"]*/, "$1wrong-one")),
      problem: { code: "wrong-password", system: "Keycloak" },
    },
    {
      what: "PostgreSQL's administrator may not make roles",
      change: async () => {
        const known = await project.superuser.rows(
          "postgres",
          "SELECT FROM pg_roles WHERE rolname = 'intern'",
        );
        if (known.length > 0)
          await project.superuser.rows("postgres", "DROP OWNED BY intern; DROP ROLE intern;");
        await project.superuser.rows("postgres", "CREATE ROLE intern LOGIN CREATEDB PASSWORD 'not-a-secret'");
        await project.superuser.rows("postgres", "GRANT CONNECT ON DATABASE postgres TO intern");
        const weak = { ...(JSON.parse(secrets) as object), PGUSER: "intern", PGPASSWORD: "not-a-secret" };
        project.write(credentials, JSON.stringify(weak));
      },
      problem: { code: "missing-privilege", system: "PostgreSQL" },
    },
  ];

  test.each(obstacles)("$what: says so, with the fix, and never a password", async (obstacle) => {
    const { change, problem } = obstacle;
    project.write("tenants/aviato.yaml", file("aviato"));
    try {
      await change();
      const { stdout, stderr, exitCode } = await project.tenantry(["up", "aviato", "--json"]);
      expect(exitCode).toBe(obstacle.exitCode ?? 1);
      const outcome = JSON.parse(stdout) as StackOutcome;
      expect(outcome).toMatchObject({ result: "failed", changes: [], problems: [problem] });
      expect(outcome.problems[0]?.fix).toBeTruthy();
      expect(stdout + stderr).not.toMatch(/wrong-one|not-a-secret/);
    } finally {
      project.write(environment, addresses);
      project.write(credentials, secrets);
    }
  });

  test("an unknown tenant, with a suggestion", async () => {
    project.write("tenants/aviato.yaml", file("aviato"));
    const { stderr, exitCode } = await project.tenantry(["up", "aviatto"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/aviatto/);
    expect(stderr).toMatch(/did you mean aviato\?/);
  });

  test("an environment that nobody described", async () => {
    const { stderr, exitCode } = await project.tenantry(["up", "aviato", "-e", "mars"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/environment mars/);
    expect(stderr).toMatch(/fix: describe its servers in .*mars\.yaml/);
  });

  test("one broken tenant doesn't stop the next", async () => {
    project.write("tenants/broken.yaml", "version: 1\nid: broken\nname: Broken\nplan: golden\n");
    project.write("tenants/aviato.yaml", file("aviato"));
    const { tenants } = await project.json<FleetReport>(["preview", "broken", "aviato"]);
    expect(tenants).toMatchObject([
      {
        tenant: "broken",
        result: "failed",
        problems: [{ position: { file: "tenants/broken.yaml", line: 4 } }],
      },
      { tenant: "aviato", result: "succeeded" },
    ]);
  });
});

describe("what exists and is not ours is left alone", () => {
  interface Taken {
    what: string;
    id: string;
    make: () => Promise<unknown>;
    code: string;
    clear: () => Promise<unknown>;
    /** The line of the tenant's file that the refusal points at. */
    line?: number;
  }
  const cases: Taken[] = [
    {
      what: "a database",
      id: "db-taken",
      make: () => project.superuser.rows("postgres", 'CREATE DATABASE "db-taken"'),
      code: "database-not-ours",
      clear: () => project.superuser.rows("postgres", 'DROP DATABASE "db-taken"'),
    },
    {
      what: "a group role",
      id: "role-taken",
      make: () => project.superuser.rows("postgres", 'CREATE ROLE "role-taken_developer"'),
      code: "role-not-ours",
      clear: () => project.superuser.rows("postgres", 'DROP ROLE "role-taken_developer"'),
    },
    {
      what: "a person's login role",
      id: "login-taken",
      make: () => project.superuser.rows("postgres", 'CREATE ROLE "login-taken_erlich" LOGIN'),
      code: "role-not-ours",
      clear: () => project.superuser.rows("postgres", 'DROP ROLE "login-taken_erlich"'),
      line: 6,
    },
    {
      what: "a realm",
      id: "realm-taken",
      make: () => project.keycloak.create("/realms", { realm: "realm-taken", enabled: true }),
      code: "realm-not-ours",
      clear: () => project.keycloak.remove("/realms/realm-taken"),
    },
  ];

  test.each(cases)(
    "$what: refused by name, and once it is out of the way the next up finishes",
    async ({ id, make, code, clear, line }) => {
      project.write(`tenants/${id}.yaml`, file(id));
      await make();
      try {
        const refused = await up(id);
        expect(refused.result).toBe("failed");
        const problem = refused.problems.find((known) => known.code === code);
        expect(problem?.fix).toBeTruthy();
        expect(problem?.position?.line).toBe(line);
        expect((await up(id)).problems.map((problem) => problem.code)).toContain(code);
      } finally {
        await clear();
      }
      expect(await up(id)).toMatchObject({ result: "succeeded" });
      await destroy(id);
    },
  );
});
