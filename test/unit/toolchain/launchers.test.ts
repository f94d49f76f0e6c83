import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { placeLaunchers } from "../../../toolchain/launchers.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const launchers = new URL("../../../toolchain/launchers/", import.meta.url);

/** A cache with a launcher named `plugin`, and projects that say who they are. */
async function place(folder: TemporaryFolder, ...projects: string[]): Promise<string> {
  mkdirSync(folder.join("cache"));
  await placeLaunchers(folder.join("cache"), ["plugin"]);
  for (const name of projects) {
    mkdirSync(folder.join(name, "toolchain", "launchers"), { recursive: true });
    mkdirSync(folder.join(name, "node_modules", ".bin"), { recursive: true });
    mkdirSync(folder.join(name, "stacks"));
    symlinkSync(process.execPath, folder.join(name, "node_modules", ".bin", "node"));
    writeFileSync(
      folder.join(name, "toolchain", "launchers", "plugin.ts"),
      `const name: string = ${JSON.stringify(name)}; console.log(name, ...process.argv.slice(2));`,
    );
  }
  return folder.join("cache", "plugin");
}

const run = (program: string, cwd: string, root = ""): string =>
  execFileSync(program, ["127.0.0.1:1", "a b"], {
    cwd,
    encoding: "utf8",
    env: { PATH: "/usr/bin:/bin", TENANTRY_ROOT: root },
  });

test("a launcher runs the code of the project that the engine works in, with all its arguments", async () => {
  using folder = new TemporaryFolder();
  const program = await place(folder, "one", "two");
  expect(run(program, folder.join("two", "stacks"), folder.join("one"))).toBe("two 127.0.0.1:1 a b\n");
});

test("outside of any project it runs that of $TENANTRY_ROOT", async () => {
  using folder = new TemporaryFolder();
  expect(run(await place(folder, "one"), folder.path, folder.join("one"))).toBe("one 127.0.0.1:1 a b\n");
});

test.each([
  ["started by an engine, a plugin ends when the engine is gone", ["127.0.0.1:1"], 1],
  ["attached by hand, it goes on", [], 0],
])("%s", async (_name, args, expected) => {
  const watch = JSON.stringify(new URL("exit-with-engine.ts", launchers).href);
  using folder = new TemporaryFolder();
  writeFileSync(
    folder.join("plugin.mjs"),
    `import ${watch}; console.log("ready"); setTimeout(() => process.exit(0), 700);`,
  );
  const child = spawn(process.execPath, [folder.join("plugin.mjs"), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdin.end();
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(expected);
});
