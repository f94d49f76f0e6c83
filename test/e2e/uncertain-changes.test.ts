import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { Gate } from "../support/gate.ts";
import { Project } from "../support/project.ts";

/** A change whose answer never comes, and that was not made: the state has it all the same. */
const id = "hooli";
const environment = ".tenantry/local/environment.yaml";
const file = (limit: number): string => `version: 1
id: ${id}
name: Hooli
plan: basic
database: { connectionLimit: ${limit} }
`;

let project: Project;
let gate: Gate;
let wanted = 10;
const run = (...args: string[]): Promise<StackOutcome> => project.json(args);
const limit = async (): Promise<unknown> => {
  const rows = await project.superuser.rows(
    "postgres",
    `SELECT datconnlimit FROM pg_database WHERE datname = '${id}'`,
  );
  return rows[0]?.["datconnlimit"];
};

beforeAll(async () => {
  project = new Project("uncertain-changes");
  await project.wipe(id);
  const original = project.read(environment);
  gate = await Gate.open(Number(/port: (\d+)/.exec(original)?.[1]));
  project.write(environment, original.replace(/port: \d+/, `port: ${gate.port}`));
  project.write(`tenants/${id}.yaml`, file(wanted));
  expect(await run("up", id)).toMatchObject({ result: "succeeded" });
});
afterAll(() => gate.close());

beforeEach(async () => {
  wanted += 1;
  project.write(`tenants/${id}.yaml`, file(wanted));
  await loseTheChange();
});

async function loseTheChange(): Promise<void> {
  void gate.shutAt(/CONNECTION LIMIT/);
  const { result, problems } = await run("up", id);
  expect({ result, codes: problems.map(({ code }) => code) }).toEqual({
    result: "failed",
    codes: ["server-unreachable"],
  });
  gate.reopen();
  expect(await limit()).toBe(wanted - 1);
}

const change = [{ change: "update", properties: [{ path: "connectionLimit" }] }];

test("a preview shows it, the next up makes it, and the one after that has no doubts", async () => {
  expect(await run("preview", id)).toMatchObject({ result: "succeeded", changes: change });
  const { stderr, exitCode } = await project.tenantry(["up", id]);
  expect({ exitCode, limit: await limit() }).toEqual({ exitCode: 0, limit: wanted });
  expect(stderr).toMatch(/nobody knows how far it got: looking at the servers first/);
  const again = await project.tenantry(["up", id]);
  expect(again.exitCode).toBe(0);
  expect(again.stderr).not.toMatch(/looking at the servers/);
});

test("it gets lost a second time: the up after that makes it", async () => {
  await loseTheChange();
  expect(await run("up", id)).toMatchObject({ result: "succeeded", changes: change });
  expect(await limit()).toBe(wanted);
});

test("a plain pulumi up in between takes it for made: the next up makes it", async () => {
  expect(await project.pulumi(["up", "--yes", "--skip-preview", "-s", `local.${id}`])).toMatchObject({
    exitCode: 0,
  });
  expect(await limit()).toBe(wanted - 1);
  expect(await run("up", id)).toMatchObject({ result: "succeeded", changes: change });
  expect(await limit()).toBe(wanted);
});

test("kill -9 of the up that makes it: the next one does", async () => {
  const held = gate.holdAt(/CONNECTION LIMIT/);
  const second = project.start(["up", id]);
  const gone = once(second, "exit");
  await held;
  for (const pid of project.engines()) process.kill(pid, "SIGKILL");
  gate.shut();
  await gone;
  expect(await limit()).toBe(wanted - 1);
  gate.reopen();
  expect(await run("up", id)).toMatchObject({ result: "succeeded" });
  expect(await limit()).toBe(wanted);
});
