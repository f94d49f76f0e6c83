import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { Project } from "../support/project.ts";

/** What policies ask is asked in every preview and up, before anything is changed. */
const id = "endframe";
const file = (more = ""): string => `version: 1
id: ${id}
name: Endframe
plan: basic
domains: [endframe.example]
users:
  - { email: barker@endframe.example, firstName: Jack, lastName: Barker, role: tenant_admin }
  - { email: seth@elsewhere.example, firstName: Seth, lastName: Dorn, role: developer${more} }
database:
  connectionLimit: 900
identity:
  allowedEmailDomains: [endframe.example, elsewhere.example]
`;
const waivers = `waivers:
  - policy: database-connection-limit
    resource: ${id}-database
    reason: the old portal opens 800
    until: 2090-12-31
`;
const violations = [
  {
    severity: "error",
    code: "policy-violation",
    policy: "database-connection-limit",
    resource: `postgresql Database ${id}-database`,
    fix: "set `database.connectionLimit` to 500 or less",
    position: { file: `tenants/${id}.yaml`, line: 10, column: 20 },
  },
  {
    severity: "error",
    code: "policy-violation",
    policy: "external-people-expire",
    resource: `keycloak User ${id}-user-seth`,
    position: { file: `tenants/${id}.yaml`, line: 8, column: 5 },
  },
].map((each) => expect.objectContaining(each));
let project: Project;

beforeAll(async () => {
  project = new Project("policy");
  await project.wipe(id);
  project.write(`tenants/${id}.yaml`, file());
});

afterAll(() => project.wipe(id));

test("a preview says what is violated: policy, resource, place in the file, reason, remedy", async () => {
  const { exitCode, stderr } = await project.tenantry(["preview", id]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    `error: tenants/${id}.yaml:10:20 PostgreSQL: policy database-connection-limit: the connection limit is 900. ` +
      "Without a limit one tenant can use up the connections of all of them.\n" +
      `  resource: postgresql Database ${id}-database\n` +
      "  fix: set `database.connectionLimit` to 500 or less\n",
  );
  expect(stderr).toContain(
    `error: tenants/${id}.yaml:8:5 Keycloak: policy external-people-expire: seth@elsewhere.example is external`,
  );
});

test("an up says all of it, and changes nothing", async () => {
  const { result, changes, problems } = await project.json<StackOutcome>(["up", id]);
  expect({ result, changes }).toEqual({ result: "failed", changes: [] });
  expect(problems).toHaveLength(2);
  expect(problems).toEqual(expect.arrayContaining(violations));
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
  const { stdout } = await project.pulumi(["stack", "export", "--stack", `local.${id}`]);
  expect(stdout).not.toContain("keycloak");
});

test("plain Pulumi is told the same", async () => {
  const { exitCode, stdout, stderr } = await project.tenantry([
    ...[
      "shell",
      "--",
      "pulumi",
      "preview",
      "--policy-pack",
      "policy",
      "--stack",
      `local.${id}`,
      "--non-interactive",
    ],
  ]);
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toMatch(/mandatory.*external-people-expire/);
  expect(stdout + stderr).toMatch(/set `expires` for the person/);
});

test("a waiver that is over is an error of the file", async () => {
  project.write(`tenants/${id}.yaml`, file(", expires: 2090-12-31") + waivers.replace("2090", "2020"));
  const { exitCode, stdout, stderr } = await project.tenantry(["preview", id]);
  expect(exitCode).toBe(1);
  expect(stdout + stderr).toMatch(
    /endframe\.yaml:17:12 waivers\[0\]\.until: this waiver was over on 2020-12-31/,
  );
});

test("what is mended and what is waived goes through, with a word of the waiver", async () => {
  project.write(`tenants/${id}.yaml`, file(", expires: 2090-12-31") + waivers);
  const { result, problems } = await project.json<StackOutcome>(["up", id]);
  expect(result).toBe("succeeded");
  expect(problems).toEqual([
    expect.objectContaining({
      severity: "warning",
      code: "policy-waived",
      policy: "database-connection-limit",
      message:
        "policy database-connection-limit is waived until 2090-12-31: the connection limit is 900. Waived because: the old portal opens 800",
      position: { file: `tenants/${id}.yaml`, line: 14, column: 5 },
    }),
  ]);
});

test("an up of a tenant that is there already stops before it changes anything, too", async () => {
  project.write(`tenants/${id}.yaml`, file().replace("Jack", "Jacky"));
  const { result, changes, problems } = await project.json<StackOutcome>(["up", id]);
  expect({ result, changes }).toEqual({ result: "failed", changes: [] });
  expect(problems).toEqual(expect.arrayContaining(violations));
});

test("a tenant that violates policies can be destroyed all the same", async () => {
  project.write(
    `tenants/${id}.yaml`,
    `${file().replace("plan: basic", "plan: basic\nstatus: destroyed")}confirmDestroy: ${id}\n`,
  );
  expect((await project.tenantry(["destroy", id])).exitCode).toBe(0);
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
});
