import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { killed } from "../../../fleet/run-engine.ts";
import { runStack, type StackResult, type StackRun } from "../../../fleet/run-stack.ts";
import type { IdFinder } from "../../../fleet/recover.ts";

// A stand-in for the CLI: what it does is written as a script of Node. The real one is in test/e2e.
let folder: string;
const listeners = process.listenerCount("SIGINT");
const calls = (): string[] =>
  existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-engine-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: tenantry\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `body` sees `args` (the command line), `call` (how often this command ran), `say(event)` and `fail(stderr)`. */
function engine(body: string): void {
  writeFileSync(
    join(folder, "pulumi"),
    `#!${process.execPath}
const fs = require("node:fs"), calls = ${JSON.stringify(join(folder, "calls"))}, args = process.argv.slice(2);
fs.appendFileSync(calls, args.join(" ") + "\\n");
const call = fs.readFileSync(calls, "utf8").split("\\n").filter((line) => line.startsWith(args[0] + " ")).length;
const say = (event) => console.log(JSON.stringify({ timestamp: 1, ...event }));
const fail = (text) => { console.error(text); process.exit(255); };
${body}
`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
}

const up = (
  findId: IdFinder = () => Promise.resolve(undefined),
): Promise<{ result: StackResult; notes: string[] }> => run({ findId });

async function run(change: Partial<StackRun>): Promise<{ result: StackResult; notes: string[] }> {
  const notes: string[] = [];
  const result = await runStack({
    operation: "up",
    stack: "local.acme",
    root: folder,
    environment: environment(pathToFileURL(folder).href),
    findId: () => Promise.resolve(undefined),
    onStep: () => undefined,
    onNote: (note) => notes.push(note),
    ...change,
  });
  return { result, notes };
}

const environment = (backend: string): NodeJS.ProcessEnv => ({
  PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
  PULUMI_BACKEND_URL: backend,
});

test.each([
  ["left empty by a kill goes", "", false],
  ["that is whole stays", "{}", true],
])("a file beside the state %s", async (_what, content, stays) => {
  const stacks = join(folder, ".pulumi", "stacks", "tenantry");
  mkdirSync(stacks, { recursive: true });
  writeFileSync(join(stacks, "local.acme.json.attrs"), content);
  engine("");
  await up();
  expect(existsSync(join(stacks, "local.acme.json.attrs"))).toBe(stays);
});

test("one process, its events, its exit code", async () => {
  engine(`
    console.log("a program's own printing");
    say({ summaryEvent: { resourceChanges: { same: 3 } } });`);
  const { result, notes } = await up();
  expect(result).toMatchObject({ exitCode: 0, cancelled: false });
  expect(result.report.unchanged).toBe(3);
  expect(calls()).toEqual(["up --stack local.acme --json --non-interactive --yes --skip-preview"]);
  expect(notes).toEqual([]);
});

test("a stack that isn't there yet is made", async () => {
  engine(`if (args[0] === "up" && call === 1) fail("error: no stack named 'local.acme' found");`);
  const { result } = await up();
  expect(result.exitCode).toBe(0);
  expect(calls().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "up --stack",
    "stack init",
    "up --stack",
  ]);
});

test("a failure that nothing can be done about is given back as it is", async () => {
  engine(`say({ diagnosticEvent: { severity: "error", message: "role exists" } }); fail("boom");`);
  const { result } = await up();
  expect(result).toMatchObject({ exitCode: 255, stderr: "boom\n" });
  expect(result.report.diagnostics).toEqual([{ severity: "error", message: "role exists" }]);
  expect(calls()).toHaveLength(1);
});

const locked = (host: string, pid: number): string =>
  `error: the stack is currently locked by 1 lock(s).\\n  x.json: created by me@${host} (pid ${pid}) at 2026-11-21T03:12:54Z`;

test("the lock of a killed run is taken away", async () => {
  engine(`
    if (args[0] === "up" && call === 1) fail("${locked(hostname(), 999_999_999)}");
    if (args[1] === "export") console.log('{"deployment":{}}');`);
  const { result, notes } = await up();
  expect(result.exitCode).toBe(0);
  expect(calls().map((line) => line.split(" ")[0])).toEqual(["up", "cancel", "stack", "up"]);
  expect(notes.join()).toMatch(/killed and left the stack locked/);
});

test("a lock held elsewhere is respected, and its holder named", async () => {
  engine(`fail("${locked("elsewhere", 7)}");`);
  await expect(up()).rejects.toMatchObject({
    code: "stack-locked",
    message: "stack local.acme is locked by me@elsewhere (process 7) since 2026-11-21T03:12:54Z",
  });
  expect(calls()).toHaveLength(1);
});

test("an interrupted create is looked up on the server, taken in, and the run goes on", async () => {
  const pending = (name: string): object => ({
    type: "creating",
    resource: {
      urn: `urn:${name}`,
      type: "keycloak:index/group:Group",
      inputs: { name },
      parent: "urn:realm",
    },
  });
  const state = {
    version: 3,
    deployment: {
      resources: [{ urn: "urn:known", id: "1" }],
      pending_operations: ["found", "missing", "known"].map(pending),
    },
  };
  engine(`
    if (args[0] === "up" && call === 1) {
      say({ diagnosticEvent: { severity: "warning", message: "3 pending operations from previous deployment" } });
      fail("");
    }
    if (args[1] === "export") console.log(${JSON.stringify(JSON.stringify(state))});
    if (args[1] === "import") fs.copyFileSync(args[5], calls + ".imported");`);
  const { result } = await up(({ inputs }) =>
    Promise.resolve(inputs["name"] === "missing" ? undefined : `id-of-${String(inputs["name"])}`),
  );
  expect(result.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, "calls.imported"), "utf8"))).toEqual({
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:known", id: "1" },
        {
          urn: "urn:found",
          type: "keycloak:index/group:Group",
          parent: "urn:realm",
          inputs: { name: "found" },
          outputs: { name: "found" },
          id: "id-of-found",
        },
      ],
      pending_operations: [],
    },
  });
  expect(calls().at(-2)).toBe(
    "refresh --stack local.acme --yes --skip-preview --target urn:found --non-interactive",
  );
});

describe("a lock that turns up while a killed run is cleared up after", () => {
  const interrupted = (host: string, pid: number): void =>
    engine(`
    if (args[0] === "up" && call === 1) {
      say({ diagnosticEvent: { severity: "warning", message: "1 pending operations from previous deployment" } });
      fail("");
    }
    if (args[0] === "cancel") fs.writeFileSync(calls + ".cancelled", "");
    if (args[1] === "export") console.log('{"deployment":{"pending_operations":[{"type":"creating","resource":{"urn":"urn:x","type":"t"}}]}}');
    if (args[1] === "import" && !fs.existsSync(calls + ".cancelled")) fail("${locked(host, pid)}");`);

  test("is taken away when its engine is dead", async () => {
    interrupted(hostname(), 999_999_999);
    const { result } = await up();
    expect(result.exitCode).toBe(0);
    expect(calls().filter((line) => line.startsWith("cancel "))).toHaveLength(1);
  });

  test("is respected when somebody else works there by now", async () => {
    interrupted("elsewhere", 7);
    await expect(up()).rejects.toMatchObject({ code: "stack-locked" });
    expect(calls().filter((line) => line.startsWith("cancel "))).toEqual([]);
  });
});

describe("a change of a former run of which nobody knows how far it got", () => {
  const broken = { resources: [{ urn: "urn:a" }, { urn: "urn:b", initErrors: ["connection reset"] }] };
  const whole = { resources: [{ urn: "urn:a" }, { urn: "urn:b", initErrors: [] }] };
  const states = (): string => join(folder, ".pulumi", "stacks", "tenantry");
  const state = (latest: object): void => {
    mkdirSync(states(), { recursive: true });
    writeFileSync(join(states(), "local.acme.json"), JSON.stringify({ checkpoint: { latest } }));
  };
  const refreshes = (): boolean[] => calls().map((line) => line.includes("--refresh"));

  test.each(["up", "preview"] as const)("has the servers looked at first: %s", async (operation) => {
    engine("");
    state(broken);
    const { notes } = await run({ operation });
    expect(refreshes()).toEqual([true]);
    expect(notes.join()).toMatch(/nobody knows how far it got/);
  });

  test("a state without one is believed", async () => {
    engine("");
    state(whole);
    expect((await up()).notes).toEqual([]);
    expect(refreshes()).toEqual([false]);
  });

  test("is remembered when plain pulumi forgets it, until a look at the servers succeeds", async () => {
    engine(`if (call < 4) fail("");`);
    state(whole);
    await up();
    state(broken);
    await up();
    state(whole);
    await run({ operation: "preview" });
    await up();
    await up();
    await up();
    expect(refreshes()).toEqual([false, true, true, true, true, false]);
  });

  test.each([
    ["broken", broken, true],
    ["whole", whole, false],
  ])("a backend that is no folder is asked for its state: %s", async (_what, deployment, refresh) => {
    engine(`if (args[1] === "export") console.log('${JSON.stringify({ deployment })}');`);
    await run({ environment: environment("s3://states") });
    expect(calls().map((line) => line.split(" ")[0])).toEqual(["stack", "up"]);
    expect(refreshes()).toEqual([false, refresh]);
  });

  test("a stack that isn't there yet has none, whatever the backend", async () => {
    engine(`if (args[1] === "export") fail("error: no stack named 'local.acme' found");`);
    await run({ environment: environment("s3://states") });
    expect(refreshes()).toEqual([false, false]);
  });

  test("nobody cares before all of it is destroyed, or afterwards", async () => {
    engine(`if (args[1] === "export") console.log('{"deployment":{}}');`);
    state(broken);
    await up();
    state(whole);
    expect((await run({ operation: "destroy" })).notes).toEqual([]);
    await up();
    const ofUps = calls().filter((line) => line.startsWith("up "));
    expect(ofUps.map((line) => line.includes("--refresh"))).toEqual([true, false]);
  });
});

test("an engine that is killed says so by its exit code", async () => {
  engine(`process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);`);
  expect((await up()).result.exitCode).toBe(killed);
});

test("a server that was still at work when it was asked is asked again once its work stands in the way", async () => {
  const urn = "urn:slow";
  const resource = { urn, type: "keycloak:index/realm:Realm", inputs: { realm: "acme" } };
  const state = { deployment: { resources: [], pending_operations: [{ type: "creating", resource }] } };
  engine(`
    if (args[0] === "up" && call === 1) {
      say({ diagnosticEvent: { severity: "warning", message: "1 pending operations from previous deployment" } });
      fail("");
    }
    if (args[0] === "up" && call === 2) {
      say({ diagnosticEvent: { severity: "error", message: "409 Conflict", urn: "${urn}" } });
      fail("");
    }
    if (args[1] === "export") console.log(${JSON.stringify(JSON.stringify(state))});`);
  const answers = [undefined, "acme"];
  const { result } = await up(() => Promise.resolve(answers.shift()));
  expect(result.exitCode).toBe(0);
  expect(answers).toEqual([]);
  expect(calls().filter((line) => line.startsWith("up "))).toHaveLength(3);
  expect(calls().filter((line) => line.includes("--target urn:slow"))).toHaveLength(1);
});

test("a run that never gets going ends after four tries", async () => {
  engine(`if (args[0] === "up") fail("error: no stack named 'local.acme' found");`);
  const { result } = await up();
  expect(result.exitCode).toBe(255);
  expect(calls().filter((line) => line.startsWith("up "))).toHaveLength(4);
});

test("SIGTERM reaches the engine as an interrupt, once, and the run counts as cancelled", async () => {
  engine(`
    process.on("SIGINT", () => { fs.appendFileSync(calls, "interrupted\\n"); process.exit(1); });
    fs.appendFileSync(calls, "ready\\n");
    setInterval(() => {}, 1000);`);
  const running = up();
  while (!calls().includes("ready")) await new Promise((resolve) => setTimeout(resolve, 20));
  process.emit("SIGTERM");
  const { result } = await running;
  expect(result).toMatchObject({ exitCode: 1, cancelled: true });
  expect(calls().filter((line) => line === "interrupted")).toHaveLength(1);
});

test("a missing CLI is said so", async () => {
  await expect(
    runStack({
      operation: "up",
      stack: "local.acme",
      root: folder,
      environment: { PATH: folder },
      findId: () => Promise.resolve(undefined),
      onStep: () => undefined,
      onNote: () => undefined,
    }),
  ).rejects.toMatchObject({ code: "engine-missing" });
});

test("Ctrl-C while the state is put in order: that comes to its end, and nothing is started after it", async () => {
  const resource = { urn: "urn:a", type: "keycloak:index/group:Group", inputs: {} };
  const state = { deployment: { pending_operations: [{ type: "creating", resource }] } };
  engine(`
    if (args[0] === "up") fail("${locked(hostname(), 999_999_999)}");
    if (args[1] === "export") console.log(${JSON.stringify(JSON.stringify(state))});`);
  const { result, notes } = await up(() => {
    process.emit("SIGINT");
    return Promise.resolve(undefined);
  });
  expect(result.cancelled).toBe(true);
  expect(calls().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "up --stack",
    "cancel --yes",
    "stack export",
    "stack export",
    "stack import",
  ]);
  expect(notes.join()).toMatch(/Ctrl-C again/);
  expect(process.listenerCount("SIGINT")).toBe(listeners);
});
