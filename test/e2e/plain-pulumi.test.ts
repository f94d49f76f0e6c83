import { beforeAll, expect, test } from "@jest/globals";
import { Project, type Finished } from "../support/project.ts";

/** A stack is Pulumi's: its own commands work in `tenantry shell`, without tenantry in between. */
const id = "raviga";
const file = `version: 1
id: ${id}
name: Raviga
plan: basic
users:
  - { email: monica@raviga.example, firstName: Monica, lastName: Hall, role: developer }
`;
let project: Project;
const pulumi = (...args: string[]): Promise<Finished> =>
  project.tenantry(["shell", "--", "pulumi", ...args, "--stack", `local.${id}`, "--non-interactive"]);

beforeAll(async () => {
  project = new Project("plain-pulumi");
  await project.wipe(id);
  project.write(`tenants/${id}.yaml`, file);
});

test("init, preview, up, refresh, outputs, destroy", async () => {
  const init = await project.tenantry([
    "shell",
    "--",
    "pulumi",
    "stack",
    "init",
    `local.${id}`,
    "--non-interactive",
  ]);
  expect(init.exitCode).toBe(0);
  const preview = await pulumi("preview");
  expect(preview.stdout).toMatch(/to create/);
  expect(preview.exitCode).toBe(0);

  expect((await pulumi("up", "--yes", "--skip-preview")).stdout).toMatch(/\+ \d+ created/);
  expect((await pulumi("preview", "--expect-no-changes")).exitCode).toBe(0);
  expect((await pulumi("refresh", "--yes", "--expect-no-changes")).exitCode).toBe(0);
  expect((await pulumi("stack", "output", "--json")).stdout).toContain('"database": "raviga"');

  const refused = await pulumi("destroy", "--yes", "--skip-preview");
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout + refused.stderr).toMatch(/protected/);
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(true);

  expect((await pulumi("state", "unprotect", "--all", "--yes")).exitCode).toBe(0);
  expect((await pulumi("destroy", "--yes", "--skip-preview")).exitCode).toBe(0);
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
});

test("a shell for other servers is refused", async () => {
  const { stdout, stderr, exitCode } = await project.tenantry([
    ...["shell", "--", "env", "PGPORT=1", "pulumi", "preview", "--stack", `local.${id}`, "--non-interactive"],
  ]);
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toMatch(/this shell is not set for the servers of environment local/);
});

test("an invalid file is refused with its position", async () => {
  project.write(`tenants/${id}.yaml`, file.replace("developer", "develper"));
  await project.tenantry(["shell", "--", "pulumi", "stack", "init", `local.${id}`, "--non-interactive"]);
  const { stdout, stderr, exitCode } = await pulumi("preview");
  expect(exitCode).not.toBe(0);
  expect(stdout + stderr).toMatch(/raviga\.yaml:6:\d+ users\[0\]\.role/);
  expect(stdout + stderr).not.toMatch(/node_modules/);
});
