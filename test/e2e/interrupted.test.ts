import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { Project } from "../support/project.ts";

/** What is left when a run is cut off, and that the next one goes on from there. */
const id = "pied-piper";
const file = `version: 1
id: ${id}
name: Pied Piper
plan: basic
teams: [{ id: platform }, { id: compression }]
users:
  - { email: rich@pp.example, firstName: Rich, lastName: H, role: tenant_admin, teams: [platform] }
  - { email: dinesh@pp.example, firstName: Dinesh, lastName: C, role: developer, teams: [compression] }
  - { email: gilfoyle@pp.example, firstName: Bertram, lastName: G, role: auditor, teams: [platform, compression] }
identity:
  portal: { redirectUris: ["https://portal.pp.example/callback"] }
`;
const marked = `${file}status: destroyed\nconfirmDestroy: ${id}\n`;

let project: Project;
const run = (operation: string, ...flags: string[]): Promise<StackOutcome> =>
  project.json([operation, id, ...flags]);

beforeAll(async () => {
  project = new Project("interrupted");
  await project.wipe(id);
});
beforeEach(async () => {
  project.write(`tenants/${id}.yaml`, marked);
  await expectSuccess("destroy");
  await project.wipe(id);
  project.write(`tenants/${id}.yaml`, file);
});

/** Waits until the run has made some of its resources. */
async function untilSome(made: number, running: ChildProcess): Promise<void> {
  for (;;) {
    const ended = running.exitCode !== null;
    const names = await project.postgres.rows(
      "postgres",
      `SELECT rolname FROM pg_roles WHERE rolname LIKE '${id}%'`,
    );
    const realm = await project.keycloak.exists(`/realms/${id}`);
    const groups = realm ? await project.keycloak.count(`/realms/${id}/groups`) : 0;
    const users = realm ? await project.keycloak.count(`/realms/${id}/users`) : 0;
    if (names.length + Number(realm) + groups + users >= made) return;
    if (ended) throw new Error(`the run ended before it had made ${made}:\n${project.read("run.log")}`);
    await sleep(20);
  }
}

/** A failure is shown with its reasons. */
async function expectSuccess(operation: string): Promise<void> {
  const { result, problems } = await run(operation);
  expect({ result, errors: problems.filter(({ severity }) => severity === "error") }).toEqual({
    result: "succeeded",
    errors: [],
  });
}

async function expectWhole(): Promise<void> {
  expect(await run("preview", "--refresh")).toMatchObject({ result: "succeeded", changes: [], problems: [] });
  const roles = await project.postgres.rows(
    "postgres",
    `SELECT rolname FROM pg_roles WHERE rolname LIKE '${id}%'`,
  );
  expect(roles).toHaveLength(5 + 3);
  expect(await project.keycloak.userNames(id)).toEqual(["dinesh", "gilfoyle", "rich"]);
  expect(await project.keycloak.count(`/realms/${id}/groups`)).toBe(2);
}

describe("kill -9 of the engine in the middle of up", () => {
  test.each([1, 4, 8, 10, 13])(
    "after %i roles, realms, groups and people: the next up converges",
    async (made) => {
      const first = project.start(["up", id]);
      const gone = once(first, "exit");
      await untilSome(made, first);
      for (const pid of project.engines()) process.kill(pid, "SIGKILL");
      await gone;
      expect(project.engines()).toEqual([]);

      await expectSuccess("up");
      await expectWhole();
    },
  );
});

describe("kill -9 in the middle of a change that is then taken back", () => {
  const suspended = `${file}status: suspended\n`;
  const shut = async (): Promise<number> => {
    const sql = `SELECT rolname FROM pg_roles WHERE rolname ~ '^${id}_(rich|dinesh|gilfoyle)$' AND NOT rolcanlogin`;
    return (await project.postgres.rows("postgres", sql)).length;
  };

  test.each([
    ["suspending", file, suspended, (count: number): boolean => count > 0],
    ["resuming", suspended, file, (count: number): boolean => count < 3],
  ])("%s: the next up leaves nothing as the killed one made it", async (_what, before, during, begun) => {
    project.write(`tenants/${id}.yaml`, before);
    await expectSuccess("up");
    project.write(`tenants/${id}.yaml`, during);
    const first = project.start(["up", id]);
    const gone = once(first, "exit");
    while (!begun(await shut()) && first.exitCode === null) await sleep(10);
    for (const pid of project.engines()) process.kill(pid, "SIGKILL");
    await gone;
    project.write(`tenants/${id}.yaml`, before);
    const { result, problems } = await run("up");
    expect({ result, problems }).toEqual({ result: "succeeded", problems: [] });
    expect(await run("preview", "--refresh")).toMatchObject({ changes: [], problems: [] });
    expect(await shut()).toBe(before === file ? 0 : 3);
  });
});

test("kill -9 of everything, tenantry first: nothing keeps running, and the next up converges", async () => {
  const first = project.start(["up", id]);
  await untilSome(6, first);
  first.kill("SIGKILL");
  for (const pid of project.engines()) process.kill(pid, "SIGKILL");
  await expectSuccess("up");
  await expectWhole();
});

test("kill -9 of everything, then destroy: it takes the lock away too, and leaves nothing", async () => {
  const first = project.start(["up", id]);
  await untilSome(4, first);
  first.kill("SIGKILL");
  for (const pid of project.engines()) process.kill(pid, "SIGKILL");
  project.write(`tenants/${id}.yaml`, marked);
  await expectSuccess("destroy");
  expect(await project.keycloak.exists(`/realms/${id}`)).toBe(false);
  const sql = `SELECT rolname FROM pg_roles WHERE rolname LIKE '${id}%'`;
  expect(await project.postgres.rows("postgres", sql)).toEqual([]);
});

test("Ctrl-C lets running operations end, says so by its exit code, and leaves no lock", async () => {
  const first = project.start(["up", id]);
  const exit = once(first, "exit");
  await untilSome(6, first);
  first.kill("SIGINT");
  const [code] = (await exit) as [number | null];
  expect(code).toBe(130);
  await expectSuccess("up");
  await expectWhole();
});

test("a second up beside a running one says who holds the lock, and harms nothing", async () => {
  const first = project.start(["up", id]);
  const exit = once(first, "exit");
  await untilSome(2, first);
  const second = await run("up");
  // It looks before it takes the lock: by then the first may be done.
  if (second.result === "succeeded") expect(second).toMatchObject({ changes: [], problems: [] });
  else expect(second).toMatchObject({ result: "failed", problems: [{ code: "stack-locked" }] });
  const [code] = (await exit) as [number | null];
  expect(code).toBe(0);
  await expectWhole();
});
