import { beforeAll, expect, test } from "@jest/globals";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FleetOverview } from "../../fleet/overview/overview.ts";
import { type Access, Project } from "../support/project.ts";

/** A small fleet: one well, one changed by hand, one not deployed, one broken, one whose file is gone. */
const [well, drifted, fresh, orphan] = ["page-well", "page-drifted", "page-fresh", "page-orphan"];
const deployed = [well, drifted, orphan];
const file = (id: string): string => `version: 1
id: ${id}
name: ${id} <script>alert("1")</script>
plan: basic
region: eu
services: { collaboration: false, sourceControl: false }
invitations: { send: false }
users:
  - { email: ann@${id}.example, firstName: A, lastName: B, role: developer }
identity: { portal: { redirectUris: ["https://portal.${id}.example/"] } }
`;

let project: Project;
const page = (): string => project.read("site/index.html");
const report = (...args: string[]): Promise<FleetOverview & { file: string }> =>
  project.json(["report", "--out", "site", ...args]);

/** Every password and secret in access details. */
function secretsIn(details: unknown, name = ""): string[] {
  if (typeof details === "string") return /password|secret|token/i.test(name) ? [details] : [];
  if (typeof details !== "object" || details === null) return [];
  return Object.entries(details).flatMap(([key, value]) => secretsIn(value, key));
}

beforeAll(async () => {
  project = new Project("report");
  await project.wipe(...deployed);
  project.write("tenants/plans/basic.yaml", "database: { connectionLimit: 10 }\n");
  for (const id of deployed) project.write(`tenants/${id}.yaml`, file(id));
  const { exitCode, stderr } = await project.tenantry(["up", "--all"]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  rmSync(join(project.root, `tenants/${orphan}.yaml`));
  project.write(`tenants/${fresh}.yaml`, file(fresh));
  project.write("tenants/page-broken.yaml", "version: 1\nid: page-broken\nname: Broken\nplan: golden\n");
  await project.postgres.rows("postgres", `ALTER DATABASE "${drifted}" CONNECTION LIMIT 9`);
});

test("without a look for drift: what files and states say", async () => {
  const overview = await report();
  expect(overview.file).toBe(join(project.root, "site/index.html"));
  const health = Object.fromEntries(overview.tenants.map((each) => [each.id, each.health]));
  expect(health).toEqual({
    "page-broken": "failing",
    [fresh]: "to deploy",
    [drifted]: "well",
    [well]: "well",
  });
  expect(overview.tenants.find(({ id }) => id === well)).toMatchObject({
    reason: "deployed as its file says",
    lastChange: { kind: "update", succeeded: true, changes: { create: expect.any(Number) } },
    systems: [
      { title: "PostgreSQL", standing: "there", facts: expect.arrayContaining([["database", well]]) },
      {
        title: "Keycloak",
        standing: "there",
        links: expect.arrayContaining([["issuer", expect.stringContaining(`/realms/${well}`)]]),
      },
    ],
  });
  expect(overview.orphans).toMatchObject([{ stack: `local.${orphan}`, lastChange: { succeeded: true } }]);
  expect(page()).toContain("nobody looked for drift");
});

test("no secret is on the page, nor in what is printed; and nobody's name is markup", async () => {
  const access: Access = await project.json(["access", well, "--show-secrets"]);
  const secrets = secretsIn(access);
  expect(secrets.length).toBeGreaterThan(2);
  const { stdout, stderr } = await project.tenantry(["report", "--out", "site", "--json"]);
  const passphrase = readFileSync(join(project.root, ".tenantry/local/passphrase"), "utf8").trim();
  for (const secret of [...secrets, passphrase]) {
    expect(page().includes(secret)).toBe(false);
    expect(`${stdout}${stderr}`.includes(secret)).toBe(false);
  }
  expect(page()).not.toContain(`<script>alert`);
});

test("with what a look for drift printed, and with one of its own", async () => {
  const { stdout } = await project.tenantry(["drift", well, drifted, "--json"]);
  project.write("drift.json", stdout);
  const given = await report("--drift", "drift.json");
  expect(given.driftAt).toMatch(/^\d{4}-/);
  expect(given.tenants.find(({ id }) => id === drifted)).toMatchObject({
    health: "drifted",
    reason: "1 resource differs",
  });
  expect(page()).toContain("found <ins>9</ins>, wanted <ins>10</ins>");
  const own = await report(drifted, "--drift");
  expect(own.tenants).toMatchObject([{ id: drifted, health: "drifted" }]);
  expect(own.orphans).toEqual([]);
});

test("what isn't a drift report, or there at all, is said: 1", async () => {
  const said = async (...args: string[]): Promise<string> => {
    const { stderr, exitCode } = await project.tenantry(["report", "--out", "other", ...args]);
    expect(exitCode).toBe(1);
    return stderr;
  };
  project.write("up.json", JSON.stringify({ operation: "up" }));
  expect(await said("--drift", "up.json")).toMatch(/no report of tenantry drift/);
  expect(await said("--drift", "missing.json")).toMatch(/no file missing.json/);
  expect(await said("nobody")).toMatch(/there is no tenant nobody/);
});
