import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { obtainProgram, programFolder, type GoProgram } from "../../../testbed/go-server.ts";
import { TemporaryFolder } from "../toolchain/temporary-folder.ts";
import { FakeGo } from "./fake-go.ts";

const program: GoProgram = {
  name: "thing",
  system: "Thing",
  module: "example.com/thing",
  version: "v1.2.3",
  package: "example.com/thing/cmd/thing",
  folders: ["templates"],
};
const never = new AbortController().signal;
const silent = (): void => undefined;

/** What a build left beside what it made. */
const leftovers = (cache: string): string[] =>
  readdirSync(join(cache, "servers")).filter((name) => name !== "thing-v1.2.3");

test("is built once, with the folders it reads, and is found at once from then on", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  await obtainProgram(program, silent, never, folder.path);
  const made = programFolder(program, folder.path);
  expect(made).toBe(folder.join("servers", "thing-v1.2.3"));
  expect(readFileSync(join(made, "thing"), "utf8")).toBe("built\n");
  expect(readFileSync(join(made, "templates", "mail", "hello.tmpl"), "utf8")).toBe("Hello");
  // Whoever clears the cache must be able to.
  accessSync(join(made, "templates", "mail"), constants.W_OK);
  expect(leftovers(folder.path)).toEqual([]);
  const calls = go.calls.length;
  await obtainProgram(program, silent, never, folder.path);
  expect(go.calls).toHaveLength(calls);
});

test("a newer version is another program", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  await obtainProgram(program, silent, never, folder.path);
  await obtainProgram({ ...program, version: "v1.2.4" }, silent, never, folder.path);
  expect(go.calls.filter((call) => call.includes(" build "))).toHaveLength(2);
  expect(readdirSync(folder.join("servers"))).toEqual(["thing-v1.2.3", "thing-v1.2.4"]);
});

test("it's built as its own go.mod says, but for what that leaves to local folders", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, {
    replace: [
      { from: "example.com/part", to: "./part" },
      { from: "example.com/fork", to: "example.com/forked" },
    ],
  });
  const special = {
    ...program,
    requires: { "example.com/part": "v0.9.0" },
    variables: { "main.Version": "1.2.3" },
    tags: ["one", "two"],
    c: true,
  };
  await obtainProgram(special, silent, never, folder.path);
  const [download, describe, edit, build] = go.calls;
  expect(download).toBe("1 mod download -json example.com/thing@v1.2.3");
  expect(describe).toBe("-mod=mod 1 mod edit -json");
  expect(edit).toMatch(/ -dropreplace=example.com\/part /);
  expect(edit).not.toContain("fork");
  expect(edit).toMatch(/ -require=example.com\/part@v0.9.0 -require=example.com\/thing@v1.2.3$/);
  expect(build).toMatch(/^-mod=mod 1 build -v .*-tags one two -ldflags -s -w -X main.Version=1.2.3 /);
  expect(build).toMatch(/ example.com\/thing\/cmd\/thing$/);
});

test("without C, no C compiler is asked for", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  await obtainProgram(program, silent, never, folder.path);
  expect(go.calls.at(-1)).toMatch(/^-mod=mod 0 build /);
});

test("it tells how far it is", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, {
    build: 'echo "go: downloading a v1" >&2; echo example.com/thing/part >&2; echo built > "$out"',
  });
  const said: string[] = [];
  await obtainProgram(program, (detail) => said.push(detail), never, folder.path);
  expect(go.calls).toHaveLength(4);
  expect(said).toEqual([
    "getting the source of example.com/thing v1.2.3",
    "building thing",
    "building thing: 1 modules downloaded, now a v1",
    "building thing: 1 packages compiled, now example.com/thing/part",
  ]);
});

test.each([
  [
    "a build that fails",
    { build: 'echo broken > "$out"; echo "no space left" >&2; exit 1' },
    "build-failed",
    "no space left",
  ],
  [
    "a module that can't be got",
    { download: `echo '{"Error": "proxy says no"}'; exit 1` },
    "module-unavailable",
    "proxy says no",
  ],
  ["a Go that's too old", { version: "exit 1" }, "go-too-old", "1.26"],
])("%s says why, and leaves nothing that looks finished", async (_what, fake, code, words) => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, fake);
  await expect(obtainProgram(program, silent, never, folder.path)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
    fix: expect.any(String),
  });
  expect(go.calls.some((call) => call.includes(" build "))).toBe(code === "build-failed");
  expect(readdirSync(folder.join("servers"))).toEqual([]);
});

test("a missing Go is named", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  process.env["PATH"] = folder.join("nothing");
  await expect(obtainProgram(program, silent, never, folder.path)).rejects.toMatchObject({
    code: "go-missing",
    fix: expect.stringContaining("install Go"),
  });
  expect(go.calls).toEqual([]);
});

test("two at once build once, and the second says whom it waits for", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, { build: 'sleep 0.3; echo built > "$out"' });
  const said: string[] = [];
  const obtain = (): Promise<void> =>
    obtainProgram(program, (detail) => said.push(detail), never, folder.path);
  await Promise.all([obtain(), obtain()]);
  expect(go.calls.filter((call) => call.includes(" build "))).toHaveLength(1);
  expect(said).toContain(`waiting for process ${process.pid}, which is getting it too`);
});

test("cancelled, Go is ended and nothing is left; the next try makes it", async () => {
  using folder = new TemporaryFolder();
  const interruption = new AbortController();
  {
    using go = new FakeGo(folder.path, { build: "exec sleep 60" });
    const obtaining = obtainProgram(program, silent, interruption.signal, folder.path);
    while (!go.calls.some((call) => call.includes(" build "))) await sleep(10);
    interruption.abort();
    await expect(obtaining).rejects.toMatchObject({ name: "AbortError" });
    expect(readdirSync(folder.join("servers"))).toEqual([]);
  }
  using go = new FakeGo(folder.join("next"));
  await obtainProgram(program, silent, never, folder.path);
  expect(go.calls).toHaveLength(4);
  expect(existsSync(join(programFolder(program, folder.path), "thing"))).toBe(true);
});

test("a build that was killed is taken up: its lock and its folder go", async () => {
  using folder = new TemporaryFolder();
  const cache = folder.join("cache");
  mkdirSync(cache);
  {
    using go = new FakeGo(folder.join("killed"), { build: "sleep 5" });
    const module = new URL("../../../testbed/go-server.ts", import.meta.url).href;
    const script = `
      const { obtainProgram } = await import(${JSON.stringify(module)});
      await obtainProgram(${JSON.stringify(program)}, () => undefined, new AbortController().signal, ${JSON.stringify(cache)});`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      env: process.env,
      stdio: "inherit",
    });
    while (child.exitCode === null && !go.calls.some((call) => call.includes(" build "))) await sleep(10);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    expect(leftovers(cache)).toHaveLength(2);
  }
  using go = new FakeGo(folder.join("next"));
  await obtainProgram(program, silent, never, cache);
  expect(go.calls).toHaveLength(4);
  expect(readdirSync(join(cache, "servers"))).toEqual(["thing-v1.2.3"]);
});
