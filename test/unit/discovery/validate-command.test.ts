import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../../../cli/project-root.ts";
import { fakeServer } from "../../support/fake-server.ts";

// `tenantry validate --online` in a copy of the project, with environments of its own.
let project: string;
let server: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  server = await fakeServer(({ url = "" }, response) => {
    const there = url === "/api/v1/repos/complete/reactor";
    response.writeHead(there ? 200 : 404).end(JSON.stringify({ archived: false }));
  });
  project = mkdtempSync(join(tmpdir(), "tenantry-online-"));
  const left = ["coverage", "docs", "node_modules", "test"];
  for (const name of readdirSync(root).filter((each) => !each.startsWith(".") && !left.includes(each)))
    cpSync(join(root, name), join(project, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const environment = (url: string): string =>
    `postgres: { host: db.example }\nkeycloak: { url: "https://sso.example" }\ngitea: { url: "${url}" }\n`;
  mkdirSync(join(project, "stacks", "environments"), { recursive: true });
  writeFileSync(join(project, "stacks", "environments", "there.yaml"), environment(server.url));
  writeFileSync(join(project, "stacks", "environments", "down.yaml"), environment("http://127.0.0.1:9"));
  writeFileSync(
    join(project, "tenants", "complete.yaml"),
    `version: 1
id: complete
name: Complete
plan: basic
domains: [complete.example]
contacts:
  - { name: Ada, email: ada@complete.example, role: owner }
  - { name: Ada, email: ada@complete.example, role: technical }
teams: [{ id: platform }]
users:
  - { email: ada@complete.example, firstName: Ada, lastName: Ashford, role: tenant_admin }
sourceControl:
  organization: globex-code
  repositories: [{ name: reactor }]
`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(project, { recursive: true, force: true });
});

async function validate(
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(project, "cli", "main.ts"), "validate", ...args],
    {
      cwd: project,
      env: { PATH: process.env["PATH"], GITEA_SERVER_TOKEN: "token-of-the-administrator" },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const closed = once(child, "close");
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  return { code: child.exitCode, out, err };
}

test("a repository that isn't there: exit 1, with its place in the file", async () => {
  const { code, out } = await validate("--online", "-e", "there", "tenants/complete.yaml");
  expect(code).toBe(1);
  expect(out).toContain(
    "tenants/complete.yaml:14:26 sourceControl.repositories[0].name: there is no repository globex-code/reactor in Gitea, or the token can't see it\n",
  );
  expect(out).toContain("✗ 1 problem in 1 file");
});

test("a server that doesn't answer: exit 3, and JSON says which", async () => {
  const { code, out } = await validate("--online", "-e", "down", "--json", "tenants/complete.yaml");
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    valid: true,
    problems: [],
    unreachable: [{ system: "Gitea", message: expect.stringContaining("does not answer") }],
  });
});

test("an unknown environment: exit 1; without --online nobody is asked", async () => {
  const { code, err } = await validate("--online", "-e", "nowhere");
  expect(code).toBe(1);
  expect(err).toContain("environment nowhere has no file");
  const offline = await validate("-e", "down", "tenants/complete.yaml");
  expect(offline).toMatchObject({ code: 0, err: "" });
});
