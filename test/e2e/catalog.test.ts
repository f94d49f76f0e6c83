import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments, parseDocument } from "yaml";
import { z } from "zod";
import type { FleetReport } from "../../fleet/fleet-report.ts";
import { GiteaProbe, unique } from "../support/gitea-probe.ts";
import { Project } from "../support/project.ts";
import { startTestServers } from "../support/servers.ts";

/** A catalog in Gitea and two tenants in it. Each test goes on where the one before ended. */
const owner = unique("catalog");
const repository = `${owner}/catalog`;
const file = (id: string, people: readonly string[], more = ""): string => `version: 1
id: ${id}
name: ${id}
plan: basic
region: eu
services: { database: false, identity: false }
teams: [{ id: crew }]
users:
${people.map((name) => `  - { email: ${name}@${id}.example, firstName: A, lastName: B, role: developer, teams: [crew] }`).join("\n")}
${more}`;
const [north, south] = ["northwind", "southwind"];

let project: Project;
let gitea: GiteaProbe;
let folder: string;

/** The text of a file of the catalog's repository; undefined: there is none. */
async function committed(path: string): Promise<string | undefined> {
  const answer = await gitea.send("GET", `/repos/${repository}/raw/${path}`);
  return answer.status === 404 ? undefined : answer.text();
}
const namesIn = (text = ""): string[] =>
  parseAllDocuments(text).map(
    (document) => `${String(document.get("kind"))} ${String(document.getIn(["metadata", "name"]))}`,
  );
const targets = async (): Promise<unknown> => {
  const root = parseDocument((await committed("catalog-info.yaml")) ?? "");
  return z.object({ spec: z.object({ targets: z.unknown() }) }).parse(root.toJS()).spec.targets;
};
const run = (...args: string[]): Promise<FleetReport> => project.json(args);

beforeAll(async () => {
  await startTestServers({ with: ["gitea"] });
  gitea = await GiteaProbe.start();
  await gitea.call("POST", "/orgs", { username: owner, visibility: "private" });
  await gitea.call("POST", `/orgs/${owner}/repos`, {
    name: "catalog",
    private: true,
    auto_init: true,
    default_branch: "main",
  });
  project = new Project("catalog", { systems: ["gitea"] });
  await project.wipe(north, south);
  const environment = parseDocument(project.read(".tenantry/local/environment.yaml"));
  environment.set("catalog", { system: "gitea", repository });
  writeFileSync(join(project.root, ".tenantry/local/environment.yaml"), environment.toString());
  folder = mkdtempSync(join(tmpdir(), "tenantry-catalog-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await gitea.call("DELETE", `/repos/${repository}`);
  await gitea.call("DELETE", `/orgs/${owner}`);
});

describe("a catalog's life", () => {
  test("tenants that are made at once are in it, each as `tenantry catalog` writes it", async () => {
    project.write(`tenants/${north}.yaml`, file(north, ["ann", "ben"]));
    project.write(`tenants/${south}.yaml`, file(south, ["cid"]));
    const { tenants } = await run("up", north, south, "--parallel", "2");
    expect(tenants.map(({ result, problems }) => ({ result, problems }))).toEqual([
      { result: "succeeded", problems: [] },
      { result: "succeeded", problems: [] },
    ]);
    await project.tenantry(["catalog", "--out", folder]);
    for (const id of [north, south])
      expect(await committed(`tenants/${id}.yaml`)).toBe(
        readFileSync(join(folder, "tenants", `${id}.yaml`), "utf8"),
      );
    expect(await committed("catalog-info.yaml")).toBe(
      readFileSync(join(folder, "catalog-info.yaml"), "utf8"),
    );
    expect(namesIn(await committed(`tenants/${north}.yaml`))).toEqual(
      expect.arrayContaining([
        `System ${north}`,
        `Group ${north}_crew`,
        `User ${north}_ann`,
        `User ${north}_ben`,
      ]),
    );
  });

  test("who leaves is out of it", async () => {
    project.write(`tenants/${north}.yaml`, file(north, ["ann"]));
    await project.tenantry(["up", north]);
    const names = namesIn(await committed(`tenants/${north}.yaml`));
    expect(names).toContain(`User ${north}_ann`);
    expect(names).not.toContain(`User ${north}_ben`);
  });

  test("a tenant that is destroyed takes its entities along, and nobody else's", async () => {
    const before = await committed(`tenants/${south}.yaml`);
    project.write(
      `tenants/${north}.yaml`,
      file(north, ["ann"], `status: destroyed\nconfirmDestroy: ${north}\n`),
    );
    const { exitCode, stderr } = await project.tenantry(["destroy", north]);
    expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(await committed(`tenants/${north}.yaml`)).toBeUndefined();
    expect(await committed(`tenants/${south}.yaml`)).toBe(before);
    expect(await targets()).toEqual([`./tenants/${south}.yaml`]);
  });

  test("an environment that keeps a catalog no more takes its tenants out of it", async () => {
    const environment = parseDocument(project.read(".tenantry/local/environment.yaml"));
    environment.delete("catalog");
    writeFileSync(join(project.root, ".tenantry/local/environment.yaml"), environment.toString());
    const { exitCode } = await project.tenantry(["up", south]);
    expect({ exitCode, left: await committed(`tenants/${south}.yaml`) }).toEqual({
      exitCode: 0,
      left: undefined,
    });
    expect(await targets()).toEqual([]);
  });
});
