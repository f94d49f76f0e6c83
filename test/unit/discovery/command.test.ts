import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../../../cli/project-root.ts";
import { fakeServer } from "../../support/fake-server.ts";

// `tenantry discover` as a user runs it, on the organization of docs/discovery.md.
const page = readFileSync(join(root, "docs", "discovery.md"), "utf8");
const catalogInfo = /^```yaml catalog-info\n([\s\S]*?)^```/m.exec(page)?.[1] ?? "";
const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "bu-finance-infrastructure": {
    "main.tf": "",
    "environments/prod/main.tfvars": "",
    "catalog-info.yaml": catalogInfo,
  },
};
const repositories = [
  {
    name: "bu-finance-infrastructure",
    description: "Everything that finance runs on",
    topics: ["business-unit", "finance"],
  },
  { name: "bu-retail-infrastructure" },
  { name: "bu-travel-infrastructure", archived: true },
  { name: "travel-portal", topics: ["business-unit", "travel"] },
  { name: "bu-tools" },
  { name: "website" },
];

let calls: string[] = [];
let slow = false;
let server: { url: string; close: () => Promise<void> };
let folder: string;

function answer({ method = "", url = "", headers }: IncomingMessage, response: ServerResponse): void {
  calls.push(`${method} ${url}`);
  const reply = replyTo((url.split("?")[0] ?? "").replace("/api/v3", ""), headers.authorization);
  if (reply === undefined) return;
  response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
}

/** Undefined: it is never answered. */
function replyTo(path: string, authorization = ""): { status: number; body: unknown } | undefined {
  if (authorization !== "Bearer ghp_good-token") return { status: 401, body: { message: "Bad credentials" } };
  const [, , owner = "", name = "", kind, ...rest] = path.split("/");
  if (path === "/orgs/acme") return { status: 200, body: { login: "acme" } };
  if (path === "/orgs/acme/repos") return { status: 200, body: repositories.map(listed) };
  if (owner !== "acme") return { status: 404, body: { message: "Not Found" } };
  if (slow) return undefined;
  const own = files[name] ?? {};
  const tree = Object.keys(own).map((file) => ({ path: file, type: "blob" }));
  if (kind === "git") return { status: 200, body: { tree, truncated: false } };
  const content = Buffer.from(own[rest.join("/")] ?? "").toString("base64");
  return { status: 200, body: { encoding: "base64", content } };
}

function listed({ name, ...more }: { readonly name: string }): object {
  const html_url = `https://github.com/acme/${name}`;
  return {
    name,
    full_name: `acme/${name}`,
    html_url,
    archived: false,
    fork: false,
    default_branch: "main",
    ...more,
  };
}

beforeAll(async () => {
  server = await fakeServer(answer);
});
afterAll(() => server.close());
beforeEach(() => {
  calls = [];
  slow = false;
  folder = mkdtempSync(join(tmpdir(), "tenantry-discover-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), "discover", ...args],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        GITHUB_BASE_URL: server.url,
        GITHUB_TOKEN: "ghp_good-token",
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );

async function tenantry(
  args: readonly string[],
  variables?: Readonly<Record<string, string>>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(args, variables);
  const closed = once(child, "close");
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, out, err };
}

test("the documentation's example is what it prints and writes; a second run writes nothing", async () => {
  const [, command = "", printed = ""] =
    /^```console\n\$ npx tenantry discover (.*)\n([\s\S]*?)^```/m.exec(page) ?? [];
  const first = await tenantry(command.split(" "));
  expect(first.err).toContain("Repositories of acme");
  expect(first.out).toBe(printed);
  expect(first.code).toBe(0);
  const draft = readFileSync(join(folder, "drafts", "finance.yaml"), "utf8");
  // Where the schema is depends on where the draft is.
  const withoutSchema = (file: string): string => file.replace(/^# yaml-language-server.*\n/, "");
  expect(withoutSchema(draft)).toBe(withoutSchema(/^```yaml draft\n([\s\S]*?)^```/m.exec(page)?.[1] ?? ""));
  expect(readdirSync(join(folder, "drafts"))).toEqual(["finance.yaml"]);
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);

  const second = await tenantry(command.split(" "));
  expect(second).toMatchObject({ code: 0 });
  expect(second.out).toContain("drafts/finance.yaml is there already, and was left as it is");
  expect(second.out).toContain("No draft was written.");
  expect(readFileSync(join(folder, "drafts", "finance.yaml"), "utf8")).toBe(draft);
});

test("--json prints one document, and nothing else", async () => {
  const { code, out, err } = await tenantry(["--github-org", "acme", "--json", "--out", "elsewhere"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toMatchObject({
    threshold: 0.8,
    repositories: 6,
    workspaces: 0,
    unread: [],
    units: [
      {
        id: "finance",
        confidence: 0.99,
        state: "drafted",
        file: join(folder, "elsewhere", "finance.yaml"),
        repository: "acme/bu-finance-infrastructure",
        evidence: expect.arrayContaining([expect.objectContaining({ detector: "naming", weight: 0.9 })]),
      },
      { id: "retail", state: "tenant", tenant: "retail", file: "tenants/retail.yaml" },
    ],
    possible: [{ unit: "travel", confidence: 0.7 - 0.1, repository: "acme/travel-portal" }],
    passedOver: [{ repository: "acme/bu-travel-infrastructure", unit: "travel", why: "it is archived" }],
  });
});

test("--threshold decides who is drafted", async () => {
  const { out } = await tenantry(["--github-org", "acme", "--threshold", "0.95"]);
  expect(out).toContain("1 business unit, each by a confidence of 95 % or more");
  await tenantry(["--github-org", "acme", "--threshold", "0.5"]);
  expect(readdirSync(join(folder, "drafts"))).toEqual(["finance.yaml", "travel.yaml"]);
});

describe("exit codes", () => {
  test.each([
    [64, "no organization", [], {}, "required option '--github-org"],
    [64, "a threshold that is none", ["--github-org", "acme", "--threshold", "80"], {}, "between 0 and 1"],
    [64, "an argument", ["--github-org", "acme", "more"], {}, "too many arguments"],
    [1, "no token", ["--github-org", "acme"], { GITHUB_TOKEN: "" }, "GITHUB_TOKEN"],
    [1, "a wrong token", ["--github-org", "acme"], { GITHUB_TOKEN: "ghp_wrong-token" }, "check GITHUB_TOKEN"],
    [1, "an unknown organization", ["--github-org", "nobody"], {}, "there is no organization nobody"],
    [1, "no token for Terraform Cloud", ["--github-org", "acme", "--tfc-org", "acme"], {}, "TFE_TOKEN"],
    [1, "an unknown environment", ["--github-org", "acme", "-e", "nowhere"], {}, "environment nowhere"],
    [1, "a folder that is a file", ["--github-org", "acme", "--out", "/dev/null"], {}, "--out"],
    [
      3,
      "nobody answers",
      ["--github-org", "acme"],
      { GITHUB_BASE_URL: "http://127.0.0.1:9" },
      "does not answer",
    ],
  ])("%i: %s", async (expected, _name, args, variables, message) => {
    const { code, out, err } = await tenantry(args, variables);
    expect({ code, out }).toEqual({ code: expected, out: "" });
    expect(err).toContain(message);
    expect(err).not.toContain("This is a bug");
    expect(err).not.toContain("ghp_");
    expect(existsSync(join(folder, "drafts"))).toBe(false);
  });

  test("130: interrupted while it reads; nothing is written", async () => {
    slow = true;
    const child = start(["--github-org", "acme"]);
    const closed = once(child, "close");
    const said = text(child.stderr);
    while (!calls.some((call) => call.includes("/git/trees/")))
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill("SIGINT");
    await closed;
    expect(child.exitCode).toBe(130);
    expect(await said).toContain("Interrupted: nothing was written.");
    expect(existsSync(join(folder, "drafts"))).toBe(false);
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
