import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { checkSystems } from "../../../fleet/check-systems.ts";
import { failuresIn } from "../../../fleet/failure-problem.ts";
import type { System } from "../../../providers/system.ts";
import { Failure } from "../../../report/failure.ts";
import { tenant as model } from "../../../schema/tenant.ts";
import { environmentFile } from "../../../stacks/environment.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-systems-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const required = { postgres: { host: "db" }, keycloak: { url: "https://sso" } };
const chat = { mattermost: { url: "https://chat" } };
const person = { email: "ada@acme.example", firstName: "A", lastName: "B", role: "developer" };

/** Checks a tenant against an environment. Gives the titles of the systems that were asked, and the notes. */
async function check(
  declared: object,
  servers: object,
  { operation = "up", environment = "local", failing = "" } = {},
): Promise<{ asked: string[]; notes: string[] }> {
  const file = environmentFile(root, environment);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...required, ...servers }));
  const asked: string[] = [];
  const notes: string[] = [];
  const system = (title: string, server?: System["server"]): System => ({
    title,
    package: title.toLowerCase(),
    ...(server && { server }),
    check: (variables) => {
      asked.push(title);
      expect(variables).toEqual({ PGHOST: "db" });
      return failing.split(" ").includes(title)
        ? Promise.reject(new Failure("wrong-token", `${title}: no`))
        : Promise.resolve();
    },
  });
  await checkSystems({
    tenant: model.parse({ version: 1, id: "acme", name: "Acme", plan: "basic", region: "eu", ...declared }),
    operation: operation === "destroy" ? "destroy" : "up",
    environment,
    root,
    systems: [
      system("PostgreSQL"),
      system("Keycloak"),
      system("Mattermost", "mattermost"),
      system("Coder", "coder"),
      system("Gitea", "gitea"),
    ],
    variables: { PGHOST: "db" },
    onNote: (note) => notes.push(note),
  });
  return { asked, notes };
}

test("the system of the environment's catalog is asked, whatever the tenant uses", async () => {
  const environment = {
    gitea: { url: "https://git" },
    catalog: { system: "gitea", repository: "platform/catalog" },
  };
  expect((await check({}, environment)).asked).toEqual(["PostgreSQL", "Keycloak", "Gitea"]);
});

test("only the systems that a tenant uses are asked", async () => {
  expect(await check({}, chat)).toEqual({ asked: ["PostgreSQL", "Keycloak"], notes: [] });
  expect(await check({ services: { collaboration: true } }, chat)).toEqual({
    asked: ["PostgreSQL", "Keycloak", "Mattermost"],
    notes: [],
  });
});

test("one person's toggle is enough, and database and identity are always asked", async () => {
  const users = [{ ...person, services: { collaboration: true, database: false, identity: false } }];
  const { asked } = await check({ services: { database: false }, users }, chat);
  expect(asked).toEqual(["PostgreSQL", "Keycloak", "Mattermost"]);
});

test("what an environment does without is left out with a note", async () => {
  const declared = {
    services: { collaboration: true, workspaces: true },
    invitations: { send: true },
  };
  expect(await check(declared, { ...chat, coder: "none", mail: "none" })).toEqual({
    asked: ["PostgreSQL", "Keycloak", "Mattermost"],
    notes: [
      "environment local has no Coder or mail server: left out of acme; add them with: npx tenantry local up --with coder,mail",
    ],
  });
  const elsewhere = await check(declared, { ...chat, coder: "none", mail: "none" }, { environment: "prod" });
  expect(elsewhere.notes[0]).toBe("environment prod has no Coder or mail server: left out of acme");
});

test("one system that is left out is one", async () => {
  const { notes } = await check({ services: { collaboration: true } }, { mattermost: "none" });
  expect(notes).toEqual([
    "environment local has no Mattermost: left out of acme; add it with: npx tenantry local up --with mattermost",
  ]);
});

test.each([
  ["local", "start it with: npx tenantry local up --with mattermost,coder"],
  [
    "prod",
    "stacks/environments/prod.yaml write its address under mattermost, coder, or `none` to do without",
  ],
])("what the file of environment %s doesn't speak of is refused", async (environment, fix) => {
  const wanted = check({ services: { collaboration: true, workspaces: true } }, {}, { environment });
  await expect(wanted).rejects.toMatchObject({
    code: "system-missing",
    message: `tenant acme wants Mattermost, Coder; environment ${environment} names none`,
    fix: expect.stringContaining(fix),
  });
});

test("destroying asks what is there, and wants nothing more", async () => {
  const declared = { services: { collaboration: true, workspaces: true } };
  expect(await check(declared, chat, { operation: "destroy" })).toEqual({
    asked: ["PostgreSQL", "Keycloak", "Mattermost"],
    notes: [],
  });
});

test("what a system's own check finds stops the run", async () => {
  const run = check({ services: { collaboration: true } }, chat, { failing: "Mattermost" });
  await expect(run).rejects.toMatchObject({ code: "wrong-token" });
});

test("all that fail are told, not the first alone", async () => {
  const run = check({ services: { collaboration: true } }, chat, { failing: "PostgreSQL Mattermost" });
  const error: unknown = await run.catch((reason: unknown) => reason);
  expect(failuresIn(error)?.map(({ message }) => message)).toEqual(["PostgreSQL: no", "Mattermost: no"]);
});

test("what isn't a failure is a bug, also among failures", () => {
  const failure = new Failure("a", "b");
  expect(failuresIn(failure)).toMatchObject([{ code: "a", message: "b" }]);
  expect(failuresIn(new AggregateError([failure, new TypeError("x")]))).toBeUndefined();
  expect(failuresIn(new TypeError("x"))).toBeUndefined();
});
