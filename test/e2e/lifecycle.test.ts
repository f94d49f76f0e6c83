import { beforeAll, describe, expect, test } from "@jest/globals";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { type Access, Project } from "../support/project.ts";
import { Browser } from "../support/sign-in.ts";

/** One tenant's life: up, drift by hand, people coming and going, down. Each test goes on where the one before ended. */
const id = "hooli";
const redirectUri = "https://portal.hooli.example/callback";

const people = {
  ada: "{ email: ada@hooli.example, firstName: Ada, lastName: Ashford, role: tenant_admin, teams: [platform] }",
  ben: "{ email: ben@hooli.example, firstName: Ben, lastName: Bauer, role: application_manager, teams: [platform, payments] }",
  benAsAuditor:
    "{ email: ben@hooli.example, firstName: Ben, lastName: Bauer, role: auditor, teams: [payments] }",
  cleo: "{ email: cleo@hooli.example, firstName: Cleo, lastName: Clark, role: developer, teams: [payments] }",
};

const file = (...users: string[]): string => `version: 1
id: ${id}
name: Hooli
plan: professional
domains: [hooli.example]
teams: [{ id: platform }, { id: payments, name: Payments }]
users:
${users.map((user) => `  - ${user}`).join("\n")}
identity:
  portal: { redirectUris: ["${redirectUri}"] }
`;

let project: Project;
const run = (operation: string, ...flags: string[]): Promise<StackOutcome> =>
  project.json([operation, id, ...flags]);
const outputs = (): Promise<Access> => project.json(["access", id, "--show-secrets"]);
const changed = ({ changes }: StackOutcome): string[] =>
  changes.map(({ change, name }) => `${change} ${name}`).sort();
const noProblems = { result: "succeeded", problems: [] };

beforeAll(async () => {
  project = new Project("lifecycle");
  await project.wipe(id);
});

describe("a tenant's life", () => {
  test("up makes everything, and says what", async () => {
    project.write(`tenants/${id}.yaml`, file(people.ada, people.ben));
    const outcome = await run("up");
    expect(outcome).toMatchObject(noProblems);
    expect(outcome.changes.every(({ change }) => change === "create")).toBe(true);
    expect(
      await project.postgres.rows("postgres", `SELECT datconnlimit FROM pg_database WHERE datname = '${id}'`),
    ).toHaveLength(1);
    expect(await project.keycloak.exists(`/realms/${id}`)).toBe(true);
  });

  test("then nothing is left to do, as last known and as it really is", async () => {
    expect(await run("preview")).toMatchObject({ ...noProblems, changes: [] });
    expect(await run("preview", "--refresh")).toMatchObject({ ...noProblems, changes: [] });
    expect(await run("up")).toMatchObject({ ...noProblems, changes: [] });
  });

  test("people get in with what the outputs say", async () => {
    const { people: access, identity } = await outputs();
    const portal = identity.clients["portal"] ?? { clientId: "" };
    expect(Object.keys(access).sort()).toEqual(["ada", "ben"]);
    const login = access["ada"]?.database;
    expect(await project.postgres.rowsAs(login, id, "SELECT count(*)::int AS n FROM applications")).toEqual([
      { n: 0 },
    ]);
    const browser = new Browser();
    await browser.open({ issuer: identity.issuer, ...portal, redirectUri });
    const { username = "", oneTimePassword = "" } = access["ada"]?.identity ?? {};
    expect(await browser.submit({ username, password: oneTimePassword })).toMatch(/update password/i);
  });

  test("without being asked, no command shows a secret", async () => {
    const { people: secret } = await outputs();
    const plain = await project.tenantry(["access", id]);
    for (const { database, identity } of Object.values(secret).map((each) => each ?? {})) {
      for (const value of [database?.password, identity?.oneTimePassword]) {
        expect(value).toBeTruthy();
        expect(plain.stdout).not.toContain(value);
      }
    }
    expect(plain.stdout).toContain("[secret]");
  });

  describe("drift by hand is seen by preview --refresh, and repaired by up --refresh", () => {
    /** Who was in the deleted group is put back into the new one. */
    const sideEffects = [`update ${id}-user-ben-groups`];
    const drifts: { what: string; by: () => Promise<unknown>; seen: RegExp }[] = [
      {
        what: "a connection limit",
        by: () => project.postgres.rows("postgres", `ALTER DATABASE ${id} CONNECTION LIMIT 7`),
        seen: /connectionLimit.*7/,
      },
      {
        what: "a revoked grant",
        by: () => project.postgres.rows(id, `REVOKE SELECT ON applications FROM ${id}_auditor`),
        seen: /applications/,
      },
      {
        what: "an extra grant",
        by: () => project.postgres.rows(id, `GRANT DELETE ON deployments TO ${id}_developer`),
        seen: /deployments.*DELETE/,
      },
      {
        what: "a dropped index",
        by: () => project.postgres.rows(id, "DROP INDEX idx_applications_status"),
        seen: /idx_applications_status/,
      },
      {
        what: "a login made a member of another role",
        by: () => project.postgres.rows("postgres", `GRANT ${id}_tenant_admin TO "${id}_ben"`),
        seen: /tenant_admin/,
      },
      {
        what: "a realm setting",
        by: () => project.keycloak.change(`/realms/${id}`, { bruteForceProtected: false }),
        seen: /bruteForceDetection/,
      },
      {
        what: "a deleted group",
        by: () => project.keycloak.deleteGroup(id, "payments"),
        seen: /team-payments/,
      },
    ];

    let seen: StackOutcome;

    test("all of it by one preview, which changes nothing", async () => {
      for (const { by } of drifts) await by();
      seen = await run("preview", "--refresh");
      expect(seen).toMatchObject(noProblems);
      expect(changed(await run("preview", "--refresh"))).toEqual(changed(seen));
    });

    test.each(drifts)("$what is named", ({ seen: pattern }) => {
      expect(JSON.stringify(seen.changes)).toMatch(pattern);
    });

    test("and nothing else is", () => {
      expect(seen.changes).toHaveLength(drifts.length + sideEffects.length);
      expect(changed(seen)).toEqual(expect.arrayContaining(sideEffects));
    });

    test("all of it is repaired by one up", async () => {
      const repaired = await run("up", "--refresh");
      expect(repaired).toMatchObject(noProblems);
      expect(changed(repaired)).toEqual(changed(seen));
      expect(await run("preview", "--refresh")).toMatchObject({ ...noProblems, changes: [] });
    });
  });

  test("a new person is added, and nothing else is touched", async () => {
    project.write(`tenants/${id}.yaml`, file(people.ada, people.ben, people.cleo));
    const outcome = await run("up");
    expect(outcome).toMatchObject(noProblems);
    expect(outcome.changes.every(({ change, name }) => change === "create" && name.includes("cleo"))).toBe(
      true,
    );
    const { people: access } = await outputs();
    expect(
      await project.postgres.rowsAs(access["cleo"]?.database, id, "SELECT count(*)::int AS n FROM resources"),
    ).toEqual([{ n: 0 }]);
  });

  test("a person who changes role and teams keeps the account and the password", async () => {
    const before = (await outputs()).people["ben"];
    project.write(`tenants/${id}.yaml`, file(people.ada, people.benAsAuditor, people.cleo));
    const outcome = await run("up");
    expect(outcome).toMatchObject(noProblems);
    expect(outcome.changes.every(({ change, name }) => change === "update" && name.includes("ben"))).toBe(
      true,
    );
    expect((await outputs()).people["ben"]).toEqual(before);
    await expect(
      project.postgres.rowsAs(before?.database, id, "DELETE FROM applications RETURNING 1"),
    ).rejects.toThrow("permission denied");
    expect(await project.keycloak.groupsOf(id, "ben")).toEqual(["payments"]);
  });

  test("a person who leaves loses login, sessions and account; nobody else is touched", async () => {
    const { people: access } = await outputs();
    const session = await project.postgres.connectAs(access["cleo"]?.database, id);
    const ended = new Promise((resolve) => session.once("error", resolve));
    const staying = await project.postgres.connectAs(access["ada"]?.database, id);

    project.write(`tenants/${id}.yaml`, file(people.ada, people.benAsAuditor));
    const outcome = await run("up");
    expect(outcome).toMatchObject(noProblems);
    expect(outcome.changes.every(({ change, name }) => change === "delete" && name.includes("cleo"))).toBe(
      true,
    );

    await ended;
    await expect(project.postgres.connectAs(access["cleo"]?.database, id)).rejects.toThrow(
      /authentication failed/,
    );
    expect(await project.keycloak.userNames(id)).toEqual(["ada", "ben"]);
    await expect(staying.query("SELECT 1")).resolves.toBeDefined();
    await staying.end();
  });

  test("a suspended tenant lets nobody in and loses nothing", async () => {
    const { people: access } = await outputs();
    await project.postgres.rowsAs(
      access["ada"]?.database,
      id,
      "INSERT INTO applications (name, team, created_by) VALUES ('shop', 'platform', 'ada') RETURNING 1",
    );
    project.write(`tenants/${id}.yaml`, `${file(people.ada, people.benAsAuditor)}status: suspended\n`);
    expect(await run("up")).toMatchObject(noProblems);
    await expect(project.postgres.connectAs(access["ada"]?.database, id)).rejects.toThrow(
      /not permitted to log in/,
    );
    expect(await project.keycloak.get(`/realms/${id}`)).toMatchObject({ enabled: false });

    project.write(`tenants/${id}.yaml`, file(people.ada, people.benAsAuditor));
    expect(await run("up")).toMatchObject(noProblems);
    expect(
      await project.postgres.rowsAs(access["ada"]?.database, id, "SELECT name FROM applications"),
    ).toEqual([{ name: "shop" }]);
  });

  test("destroying takes the file's word, twice", async () => {
    expect(await run("destroy")).toMatchObject({
      result: "failed",
      problems: [{ code: "not-marked-for-destruction" }],
    });
    project.write(
      `tenants/${id}.yaml`,
      `${file(people.ada, people.benAsAuditor)}status: destroyed\nconfirmDestroy: hooly\n`,
    );
    expect(await run("destroy")).toMatchObject({ result: "failed", problems: [{ position: { line: 13 } }] });
    expect(await project.keycloak.exists(`/realms/${id}`)).toBe(true);
  });

  test("destroy leaves nothing behind", async () => {
    project.write(
      `tenants/${id}.yaml`,
      `${file(people.ada, people.benAsAuditor)}status: destroyed\nconfirmDestroy: ${id}\n`,
    );
    expect(await run("up")).toMatchObject({
      result: "failed",
      problems: [{ code: "marked-for-destruction" }],
    });
    expect(await run("destroy")).toMatchObject(noProblems);
    expect(
      await project.postgres.rows("postgres", `SELECT rolname FROM pg_roles WHERE rolname LIKE '${id}%'`),
    ).toEqual([]);
    expect(
      await project.postgres.rows("postgres", `SELECT datname FROM pg_database WHERE datname LIKE '${id}%'`),
    ).toEqual([]);
    expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
    expect((await project.pulumi(["stack", "ls"])).stdout).not.toContain(id);
    expect(await run("destroy")).toMatchObject({ ...noProblems, changes: [] });
  });
});
