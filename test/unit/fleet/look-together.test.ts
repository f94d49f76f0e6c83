import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Interruption } from "../../../fleet/interruption.ts";
import { lookTogether } from "../../../fleet/look-together.ts";
import type { StackResult } from "../../../fleet/run-stack.ts";
import type { StackState } from "../../../fleet/stack-state.ts";

// A stand-in for the CLI: what it says is written as a script of Node. The real one is in test/e2e/fleet.test.ts.
let folder: string;
let interruption: Interruption;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-engine-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: tenantry\n");
  interruption = new Interruption(() => undefined);
});
afterEach(() => {
  interruption.close();
  rmSync(folder, { recursive: true });
});

/** `body` sees `say(event)`, and `step(op, urn, states)` and `error(urn, message)` that say one. */
function engine(body: string): void {
  writeFileSync(
    join(folder, "pulumi"),
    `#!${process.execPath}
const fs = require("node:fs"), { fileURLToPath } = require("node:url");
const say = (event) => console.log(JSON.stringify({ timestamp: 1, ...event }));
const step = (op, urn, states) => {
  const type = urn.split("::")[2].split("$").at(-1);
  say({ resourcePreEvent: { metadata: { op: "refresh", urn, type } } });
  say({ resOutputsEvent: { metadata: { op, urn, type, ...states } } });
};
const error = (urn, message) => say({ diagnosticEvent: { urn, message, severity: "error" } });
const keep = (name, value) => fs.writeFileSync(${JSON.stringify(folder)} + "/" + name, JSON.stringify(value));
${body}
`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
}

const realm = (tenant: string): string =>
  `urn:pulumi:local.${tenant}::tenantry::keycloak:index/realm:Realm::${tenant}`;
const role = (tenant: string): string =>
  `urn:pulumi:local.${tenant}::tenantry::keycloak:index/role:Role::${tenant}-r`;
const provider = (tenant: string): string =>
  `urn:pulumi:local.${tenant}::tenantry::pulumi:providers:keycloak::default`;

const state = (tenant: string): StackState => ({
  secrets_providers: { type: "passphrase", state: { salt: "v1:salt" } },
  resources: [provider(tenant), realm(tenant), role(tenant)].map((urn) => ({
    urn,
    type: urn.split("::")[2] ?? "",
    id: tenant,
  })),
});

async function look(
  ...tenants: readonly string[]
): Promise<{ started: string[]; ended: Map<string, StackResult> }> {
  const started: string[] = [];
  const ended = new Map<string, StackResult>();
  await lookTogether({
    root: folder,
    environment: {
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      PULUMI_BACKEND_URL: "file:///theirs",
    },
    lifeline: undefined,
    interruption,
    states: new Map(tenants.map((tenant) => [`local.${tenant}`, state(tenant)])),
    onStarted: (stack) => started.push(stack),
    onEnded: (stack, result) => ended.set(stack, result),
  });
  return { started, ended };
}

const kept = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));

test("one engine gets all states in a folder of its own, which is gone afterwards", async () => {
  engine(`
    const backend = fileURLToPath(process.env.PULUMI_BACKEND_URL);
    keep("args", process.argv.slice(2));
    keep("backend", backend);
    keep("mode", fs.statSync(backend).mode & 0o777);
    keep("config", fs.readFileSync(process.argv.at(-1), "utf8"));
    keep("state", JSON.parse(fs.readFileSync(backend + "/.pulumi/stacks/tenantry/together.json", "utf8")));`);
  await look("acme", "globex");
  expect(kept("args")).toEqual([
    ...["refresh", "--stack", "together", "--json", "--non-interactive", "--preview-only"],
    ...["--config-file", expect.stringMatching(/config.yaml$/)],
  ]);
  expect(kept("config")).toBe("encryptionsalt: v1:salt\n");
  expect(kept("mode")).toBe(0o700);
  expect(kept("state")).toMatchObject({ checkpoint: { latest: { resources: { length: 5 } } } });
  expect(existsSync(String(kept("backend")))).toBe(false);
});

test("what was found is told as what takes it back, in the state's order", async () => {
  engine(`
    step("delete", "${role("acme")}", { old: { inputs: { name: "r" } } });
    step("update", "${realm("acme")}", {
      old: { inputs: { a: 1, b: 2 } },
      new: { inputs: { a: 1, b: 3 } },
      detailedDiff: { b: { diffKind: "update", inputDiff: true } },
    });
    step("same", "${realm("globex")}");
    step("same", "${role("globex")}");`);
  const { started, ended } = await look("acme", "globex");
  expect(started).toEqual(["local.acme", "local.globex"]);
  const acme = ended.get("local.acme");
  expect(acme).toMatchObject({ exitCode: 0, cancelled: false });
  expect(acme?.report.changes).toMatchObject([
    { change: "update", name: "acme", properties: [{ path: "b", from: 3, to: 2 }] },
    { change: "create", name: "acme-r", properties: [] },
  ]);
  expect(acme?.report.unchanged).toBe(0);
  expect(ended.get("local.globex")?.report).toMatchObject({ changes: [], unchanged: 2 });
});

test("what the file doesn't speak of is told by what was deployed", async () => {
  engine(`
    const state = (createDatabase) => ({ inputs: { name: "r" }, outputs: { name: "r", createDatabase } });
    step("same", "${realm("acme")}");
    step("update", "${role("acme")}", { old: state(false), new: state(true), detailedDiff: {} });`);
  const { ended } = await look("acme");
  expect(ended.get("local.acme")?.report.changes).toMatchObject([
    { properties: [{ path: "createDatabase", from: true, to: false }] },
  ]);
});

test("an error is its own stack's", async () => {
  engine(`
    step("same", "${realm("acme")}");
    step("same", "${realm("globex")}");
    error("${role("acme")}", "403 Forbidden");
    step("same", "${role("globex")}");
    process.exitCode = 255;`);
  const { ended } = await look("acme", "globex");
  expect(ended.get("local.acme")).toMatchObject({
    exitCode: 1,
    report: { diagnostics: [{ message: "403 Forbidden" }] },
  });
  expect(ended.get("local.globex")).toMatchObject({ exitCode: 0, report: { diagnostics: [], unchanged: 2 } });
});

test("a warning of a stack doesn't fail it", async () => {
  engine(`
    say({ diagnosticEvent: { urn: "${realm("acme")}", message: "careful", severity: "warning" } });
    step("same", "${realm("acme")}");
    step("same", "${role("acme")}");`);
  const { ended } = await look("acme");
  expect(ended.get("local.acme")).toMatchObject({
    exitCode: 0,
    report: { diagnostics: [{ message: "careful" }] },
  });
});

test.each([
  ["a provider that can't be had", `error("${provider("acme")}", "no plugin");`],
  ["an engine that died", `step("same", "${realm("globex")}");`],
])("nothing is heard of stacks that weren't seen whole: %s", async (_why, body) => {
  engine(`
    ${body}
    step("same", "${realm("acme")}");
    step("same", "${role("acme")}");
    process.exitCode = 255;`);
  const { ended } = await look("acme", "globex");
  expect([...ended]).toMatchObject([["local.acme", { exitCode: 0 }]]);
});

test("Ctrl-C: what was seen whole counts, the rest is cancelled", async () => {
  engine(`
    process.on("SIGINT", () => process.exit(255));
    step("same", "${realm("acme")}");
    step("same", "${role("acme")}");
    step("same", "${realm("globex")}");
    keep("ready", true);
    setInterval(() => undefined, 1000);`);
  const looking = look("acme", "globex");
  while (!existsSync(join(folder, "ready"))) await new Promise((resolve) => setTimeout(resolve, 20));
  process.emit("SIGINT");
  const { ended } = await looking;
  expect(ended.get("local.acme")).toMatchObject({ exitCode: 0, cancelled: false });
  expect(ended.get("local.globex")).toMatchObject({ cancelled: true });
});
