import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments, parseDocument } from "yaml";
import { z } from "zod";
import type { StackOutcome } from "../../fleet/stack-outcome.ts";
import { FaultProxy } from "../support/fault-proxy.ts";
import { Project, type Access } from "../support/project.ts";
import { accessTo, startTestServers } from "../support/servers.ts";
import { TfeProbe } from "../support/tfe-probe.ts";

/**
 * A business unit's life on GitHub: its repositories, teams and people, its file in the catalog's repository, and a
 * workspace of Terraform Cloud that runs one of its repositories; on the stand-ins.
 */
const id = "octo-unit";
const organization = "tenantry";
const environment = ".tenantry/local/environment.yaml";

let project: Project;
let tfe: TfeProbe;
let url: string;
let token: string;
/** Hears of what happens in a repository. */
let listener: Server;
const heard: { signature: string; body: string }[] = [];

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

async function github(method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${url}/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  return { status: response.status, body: answer === "" ? undefined : JSON.parse(answer) };
}
const read = async (path: string): Promise<unknown> => (await github("GET", path)).body;
const repo = `/repos/${organization}/octo-shop`;
const team = (name: string): string => `/orgs/${organization}/teams/${id}-${name}`;
const logins = async (path: string): Promise<string[]> =>
  z
    .array(z.object({ login: z.string() }))
    .parse(await read(path))
    .map(({ login }) => login)
    .sort();

const chloe = `  - { email: chloe@octo.example, github: chloe-dubois, firstName: C, lastName: D, role: developer, teams: [labs] }\n`;
const benoit = `  - { email: benoit@octo.example, github: benoit-martin, firstName: B, lastName: M, role: tenant_admin }\n`;

function file({ people = chloe, rotation = "1", more = "", status = "" } = {}): string {
  const { port } = listener.address() as AddressInfo;
  return `version: 1
id: ${id}
name: Octo
kind: businessUnit
plan: basic
teams: [{ id: labs, name: Laboratory }]
services: { database: false, identity: false, sourceControl: true }
delivery: { environments: [{ name: dev, repository: octo-shop, workingDirectory: infra }] }
users:
${people}sourceControl:
  system: github
  repositories:
    - name: octo-shop
      description: The shop
      topics: [web]
      template: ${organization}/octo-template
      teams: { labs: maintain }
      labels: [{ name: urgent, color: "#ff0000", description: Now }]
      files: [{ path: docs/HOW.md, content: "# How" }]
      protect: { approvals: 2, statusChecks: [ci] }
      webhooks: [{ url: "http://localhost:${port}/hook", events: [push], rotation: "${rotation}" }]
${more}${status}`;
}
const write = (options: Parameters<typeof file>[0] = {}): void =>
  project.write(`tenants/${id}.yaml`, file(options));
const run = (operation: string, ...flags: string[]): Promise<StackOutcome> =>
  project.json([operation, id, ...flags]);

async function expectSuccess(operation: string, ...flags: string[]): Promise<StackOutcome> {
  const outcome = await run(operation, ...flags);
  expect({
    result: outcome.result,
    errors: outcome.problems.filter(({ severity }) => severity === "error"),
  }).toEqual({ result: "succeeded", errors: [] });
  return outcome;
}

/** The kinds of the tenant's entities in the catalog's repository; undefined: it has no file there. */
async function catalogued(): Promise<string[] | undefined> {
  const { status, body } = await github(
    "GET",
    `/repos/${organization}/octo-catalog/contents/tenants/${id}.yaml`,
  );
  if (status === 404) return undefined;
  const { content } = z.object({ content: z.base64() }).parse(body);
  return parseAllDocuments(Buffer.from(content, "base64").toString()).map((each) => String(each.get("kind")));
}

/** What is under the tenant's names. */
async function wipe(): Promise<void> {
  for (const name of ["octo-shop", "octo-late", `bu-${id}-infrastructure`])
    await github("DELETE", `/repos/${organization}/${name}`);
  for (const name of ["admins", "application-managers", "developers", "auditors", "labs", "late"])
    await github("DELETE", team(name));
  await tfe.wipe(id);
}

beforeAll(async () => {
  ({ url, token } = accessTo("github", await startTestServers({ with: ["github", "tfe"] })));
  listener = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ signature: String(request.headers["x-hub-signature-256"]), body });
      response.end();
    });
  });
  listener.listen(0, "localhost");
  await once(listener, "listening");
  project = new Project("github", { systems: ["github", "tfe"] });
  tfe = new TfeProbe(project.environment);
  await project.wipe(id);
  await wipe();
  for (const name of ["octo-template", "octo-catalog"]) {
    await github("DELETE", `/repos/${organization}/${name}`);
    await github("POST", `/orgs/${organization}/repos`, { name, auto_init: true });
  }
  const servers = parseDocument(project.read(environment));
  servers.set("catalog", { system: "github", repository: `${organization}/octo-catalog` });
  project.write(environment, servers.toString());
  await github("PUT", `/repos/${organization}/octo-template/contents/src/main.ts`, {
    message: "Begin",
    content: Buffer.from("export {};\n").toString("base64"),
  });
  write();
});
afterAll(async () => {
  listener.closeAllConnections();
  listener.close();
  await wipe();
});

describe("up", () => {
  test("makes repositories, teams and all that belongs to them", async () => {
    const { changes } = await expectSuccess("up");
    expect(changes.filter(({ type }) => type.startsWith("github:")).length).toBeGreaterThanOrEqual(17);
    expect(await read(repo)).toMatchObject({ private: true, description: "The shop", topics: ["web", id] });
    expect((await github("GET", `${repo}/contents/src/main.ts`)).status).toBe(200);
    expect(await read(`/repos/${organization}/bu-${id}-infrastructure`)).toMatchObject({
      topics: ["business-unit", id],
    });
    expect(await logins(`${team("labs")}/members`)).toEqual(["chloe-dubois"]);
    expect(await read(`${repo}/branches/main/protection`)).toMatchObject({
      required_pull_request_reviews: { required_approving_review_count: 2 },
    });
  });

  test("and beside it a workspace that runs a repository, and the unit's entities in the catalog", async () => {
    const { attributes } = await tfe.workspace(`${id}-dev`);
    expect(attributes).toMatchObject({
      "working-directory": "infra",
      "vcs-repo": { identifier: `${organization}/octo-shop` },
    });
    const kinds = await catalogued();
    expect(kinds?.filter((kind) => kind === "Component")).toHaveLength(2);
    expect(kinds).toEqual(expect.arrayContaining(["Domain", "System", "Resource", "Group", "User"]));
  });

  test("and a second look finds nothing to do, on GitHub neither", async () => {
    expect(await run("preview", "--refresh")).toMatchObject({
      result: "succeeded",
      changes: [],
      problems: [],
    });
  });

  test("no token and no secret is in what is kept of it", () => {
    const state = readFileSync(
      `${project.root}/.tenantry/local/state/.pulumi/stacks/tenantry/local.${id}.json`,
      "utf8",
    );
    expect(state.includes(token)).toBe(false);
  });
});

describe("what somebody changes by hand", () => {
  test("is seen, in each kind of resource, and put right", async () => {
    const intruder = `/orgs/${organization}/teams/octo-intruders`;
    await github("POST", `/orgs/${organization}/teams`, { name: "octo-intruders" });
    const { id: intruders } = z.object({ id: z.int() }).parse(await read(intruder));
    const byNumber = `/organizations/1/team/${intruders}`;
    const content = z.object({ sha: z.string() }).parse(await read(`${repo}/contents/docs/HOW.md`));
    const [hook] = z.array(z.object({ id: z.int() })).parse(await read(`${repo}/hooks`));
    const made = [
      await github("PATCH", repo, { description: "Mine", has_issues: false }),
      await github("PUT", `${repo}/collaborators/octocat`, { permission: "admin" }),
      await github("PUT", `${byNumber}/repos/${organization}/octo-shop`, { permission: "admin" }),
      await github("PATCH", team("labs"), { description: "Mine" }),
      await github("DELETE", `${team("labs")}/memberships/chloe-dubois`),
      await github("PUT", `${repo}/contents/docs/HOW.md`, {
        message: "x",
        content: Buffer.from("# Mine").toString("base64"),
        sha: content.sha,
      }),
      await github("PATCH", `${repo}/labels/urgent`, { color: "00ff00" }),
      await github("PATCH", `${repo}/hooks/${hook?.id ?? 0}`, { events: ["push", "release"] }),
      await github("PUT", `${repo}/branches/main/protection`, {
        required_pull_request_reviews: { required_approving_review_count: 0 },
        required_status_checks: null,
        enforce_admins: false,
        restrictions: null,
      }),
      await github("DELETE", `/repos/${organization}/bu-${id}-infrastructure/branches/main/protection`),
    ];
    expect(made.filter(({ status }) => status >= 300)).toEqual([]);

    const found = await run("preview", "--refresh");
    const seen = new Set(found.changes.map(({ type }) => type.split(":")[2]));
    expect([...seen].sort()).toEqual([
      "BranchProtectionV3",
      "IssueLabel",
      "Repository",
      "RepositoryCollaborators",
      "RepositoryFile",
      "RepositoryWebhook",
      "Team",
      "TeamMembership",
    ]);

    await expectSuccess("up", "--refresh");
    expect(await logins(`${repo}/collaborators`)).toEqual([]);
    expect(await read(`${repo}/teams`)).toHaveLength(5);
    expect(await read(repo)).toMatchObject({ description: "The shop", has_issues: true });
    await github("DELETE", intruder);
  });
});

describe("a change in the file", () => {
  const signs = async (secret: string): Promise<boolean> => {
    const [hook] = z.array(z.object({ id: z.int() })).parse(await read(`${repo}/hooks`));
    heard.length = 0;
    await github("POST", `${repo}/hooks/${hook?.id ?? 0}/pings`);
    for (let tries = 0; heard.length === 0 && tries < 100; tries += 1) await sleep(50);
    const { signature, body } = heard[0] ?? { signature: "", body: "" };
    return signature === `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  };
  const secretNow = async (): Promise<string> => {
    const access = await project.json<Access>(["access", id, "--show-secrets"]);
    return Object.values(access.sourceControl?.repositories["octo-shop"]?.webhookSecrets ?? {})[0] ?? "";
  };

  test("takes people in and out, and makes a new secret for a webhook", async () => {
    const before = await secretNow();
    expect(before).toHaveLength(40);
    expect(await signs(before)).toBe(true);
    write({ people: benoit, rotation: "2" });
    await expectSuccess("up");
    expect(await logins(`${team("labs")}/members`)).toEqual([]);
    expect(await logins(`${team("developers")}/members`)).toEqual([]);
    expect(await logins(`${team("admins")}/members`)).toEqual(["benoit-martin"]);
    const after = await secretNow();
    expect(after).not.toBe(before);
    expect([await signs(after), await signs(before)]).toEqual([true, false]);
  });
});

describe("what GitHub refuses", () => {
  test("is told with what to do, while the rest goes on", async () => {
    await github("POST", `/orgs/${organization}/repos`, { name: "octo-late" });
    const nobody = `  - { email: nobody@octo.example, github: nobody-at-all, firstName: N, lastName: N, role: auditor }\n`;
    write({ people: benoit + nobody, rotation: "2", more: "    - name: octo-late\n" });
    const { result, problems } = await run("up");
    expect(result).toBe("failed");
    const codes = problems.map(({ code, system }) => `${system ?? ""} ${code}`);
    expect(codes.sort()).toEqual(["GitHub account-missing", "GitHub repository-not-ours"]);
    expect(problems.find(({ code }) => code === "account-missing")?.message).toContain("nobody-at-all");
    await github("DELETE", `/repos/${organization}/octo-late`);
  });

  test.each([
    ["wrong-token", { status: 401, body: '{"message":"Bad credentials"}' }],
    ["server-error", { status: 502, body: "" }],
    [
      "rate-limited",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.now() / 1000 + 3000) },
        body: '{"message":"API rate limit exceeded for user ID 1."}',
      },
    ],
  ])("%s is told before the engine starts", async (code, fault) => {
    const proxy = await FaultProxy.start(url);
    const before = project.read(environment);
    try {
      project.write(environment, before.replace(url, proxy.url));
      proxy.always({ path: /\/orgs\// }, fault);
      expect(await run("up")).toMatchObject({
        result: "failed",
        changes: [],
        problems: [{ code, system: "GitHub", fix: expect.stringMatching(/\w/) }],
      });
    } finally {
      project.write(environment, before);
      await proxy.close();
    }
  });
});

test("a run that was killed in the middle is finished by the next", async () => {
  write({
    people: benoit,
    rotation: "2",
    more: "    - name: octo-late\n      files: [{ path: a.txt, content: a }]\n",
  });
  const proxy = await FaultProxy.start(url);
  const before = project.read(environment);
  project.write(environment, before.replace(url, proxy.url));
  // The repository is made, and nobody hears of it.
  proxy.always({ method: "PATCH", path: /octo-late/ }, "hang");
  const first = project.start(["up", id]);
  const gone = once(first, "exit");
  while ((await github("GET", `/repos/${organization}/octo-late`)).status !== 200) {
    if (first.exitCode !== null) throw new Error(project.read("run.log"));
    await sleep(50);
  }
  for (const pid of project.engines()) process.kill(pid, "SIGKILL");
  await gone;
  await proxy.close();
  project.write(environment, before);

  await expectSuccess("up");
  expect((await github("GET", `/repos/${organization}/octo-late/contents/a.txt`)).status).toBe(200);
  expect(await run("preview", "--refresh")).toMatchObject({ result: "succeeded", changes: [] });
});

test("destroy leaves nothing", async () => {
  write({ people: benoit, rotation: "2", status: `status: destroyed\nconfirmDestroy: ${id}\n` });
  await expectSuccess("destroy");
  const left = [repo, `/repos/${organization}/bu-${id}-infrastructure`, team("admins"), team("labs")];
  for (const path of left) expect((await github("GET", path)).status).toBe(404);
  expect(await catalogued()).toBeUndefined();
  expect(await tfe.teams(id)).toEqual({});
  await expect(tfe.workspace(`${id}-dev`)).rejects.toThrow();
});
