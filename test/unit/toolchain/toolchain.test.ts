import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { silent, type Progress } from "../../../report/progress.ts";
import { parts } from "../../../toolchain/parts.ts";
import { ensureToolchain, findToolchain } from "../../../toolchain/toolchain.ts";
import { readVersions } from "../../../toolchain/versions.ts";
import { FakeGo } from "./fake-go.ts";
import { nobody, serveFiles } from "./file-server.ts";
import { publish } from "./release-archive.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const versions = readVersions();
const terraform = [
  "github.com/pulumi/pulumi-terraform-bridge/v3/dynamic",
  "github.com/hashicorp/terraform-provider-tfe",
];
const packages = [
  "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  "./keycloak",
  "./postgresql",
  "./github",
  ...terraform,
];

/** Progress that keeps the titles of its steps. */
function recorder(): { progress: Progress; titles: string[] } {
  const titles: string[] = [];
  const progress: Progress = {
    step: (title, work) => {
      titles.push(title);
      return work(() => undefined);
    },
  };
  return { progress, titles };
}

test("official releases are taken as they are, language host and all, and nothing is built", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  const files = parts("", versions).map(({ release, folderInArchive, program }) =>
    release
      ? publish(release, {
          [join(folderInArchive, program)]: "official",
          ...(program === "pulumi" ? { "pulumi/pulumi-language-nodejs": "official host" } : {}),
        })
      : {},
  );
  await using server = await serveFiles(Object.fromEntries(files.flatMap((each) => Object.entries(each))));
  const { bin, pulumi } = await ensureToolchain(silent, { cache: folder.path, from: server.url });
  expect(readFileSync(pulumi, "utf8")).toBe("official");
  expect(readFileSync(join(bin, "pulumi-language-nodejs"), "utf8")).toBe("official host");
  expect(existsSync(join(bin, "launch.sh"))).toBe(false);
  expect(go.builds).toEqual([]);
});

test("what can't be had is built; a publisher that can't be reached is asked once", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  const from = await nobody();
  const { progress, titles } = recorder();
  const { bin } = await ensureToolchain(progress, { cache: folder.path, from });
  expect(go.builds).toEqual(packages);
  expect(titles.filter((title) => title.startsWith("Asking"))).toHaveLength(1);
  expect(titles.at(-2)).toContain(`from source (${from.host} does not answer)`);
  const launcher = readFileSync(new URL("../../../toolchain/launchers/launch.sh", import.meta.url), "utf8");
  expect(readFileSync(join(bin, "pulumi-language-nodejs"), "utf8")).toBe(launcher);
  expect(readFileSync(join(bin, "pulumi-resource-pulumi-nodejs"), "utf8")).toBe(launcher);
  expect(readdirSync(folder.path).filter((name) => name.startsWith("making-"))).toEqual([]);
});

test("a publisher that lacks one release is asked for the others", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  const keycloak = parts("", versions).find(({ program }) => program === "pulumi-resource-keycloak");
  await using server = await serveFiles(
    keycloak?.release ? publish(keycloak.release, { [keycloak.program]: "official" }) : {},
  );
  await ensureToolchain(silent, { cache: folder.path, from: server.url });
  expect(go.builds).toEqual([packages[0], ...packages.slice(2)]);
});

test("what is there is found without building, and what is missing is built alone", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  const options = { cache: folder.path, from: await nobody() };
  expect(findToolchain(folder.path)).toBeUndefined();
  const made = await ensureToolchain(silent, options);
  expect(findToolchain(folder.path)).toEqual(made);
  expect(await ensureToolchain(silent, options)).toEqual(made);
  expect(go.builds).toEqual(packages);

  const [, keycloak] = parts(folder.path, versions);
  writeFileSync(join(keycloak?.folder ?? "", "built-from-source"), "hash of older sources");
  expect(findToolchain(folder.path)).toBeUndefined();
  await ensureToolchain(silent, options);
  expect(go.builds).toEqual([...packages, "./keycloak"]);
});

test("a launcher of an older version is replaced without a build", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  const options = { cache: folder.path, from: await nobody() };
  const { bin } = await ensureToolchain(silent, options);
  writeFileSync(join(bin, "launch.sh"), "#!/bin/sh\nexit 1\n");
  expect(findToolchain(folder.path)).toBeUndefined();
  await ensureToolchain(silent, options);
  expect(readFileSync(join(bin, "pulumi-language-nodejs"), "utf8")).toContain("toolchain/launchers");
  expect(go.builds).toEqual(packages);
});

test("two at once build once, and the second says whom it waits for", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, { build: 'sleep 0.3; echo built > "$out"' });
  const options = { cache: folder.path, from: await nobody() };
  const { progress, titles } = recorder();
  const [a, b] = await Promise.all([ensureToolchain(progress, options), ensureToolchain(progress, options)]);
  expect(a).toEqual(b);
  expect(go.builds).toEqual(packages);
  const waiting = `Waiting for process ${process.pid}, which gets the toolchain already`;
  expect(titles.filter((title) => title.startsWith("Waiting"))).toEqual([waiting]);
});

test("a build that was killed is taken up: its lock and its folder go, what it finished stays", async () => {
  using folder = new TemporaryFolder();
  const from = await nobody();
  const cache = folder.join("cache");
  mkdirSync(cache);
  {
    using go = new FakeGo(folder.join("killed"), {
      build: '[ "$main" = ./keycloak ] && sleep 5; echo built > "$out"',
    });
    const module = new URL("../../../toolchain/toolchain.ts", import.meta.url).href;
    const program = `
      const { ensureToolchain } = await import(${JSON.stringify(module)});
      const progress = { step: (_title, work) => work(() => undefined) };
      await ensureToolchain(progress, { cache: ${JSON.stringify(cache)}, from: new URL(${JSON.stringify(from.href)}) });`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
      env: process.env,
      stdio: "inherit",
    });
    while (child.exitCode === null && !go.builds.includes("./keycloak")) await sleep(50);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    expect(readdirSync(cache)).toEqual(
      expect.arrayContaining(["toolchain.lock", expect.stringMatching(/^making-/)]),
    );
  }
  using go = new FakeGo(folder.join("next"));
  await ensureToolchain(silent, { cache, from });
  expect(go.builds).toEqual(["./keycloak", "./postgresql", "./github", ...terraform]);
  expect(readdirSync(cache)).toEqual(["pulumi"]);
});

test("a missing Go is named, with its version and how to get it", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path);
  process.env["PATH"] = folder.join("nothing");
  await expect(ensureToolchain(silent, { cache: folder.path, from: await nobody() })).rejects.toMatchObject({
    code: "go-missing",
    message: expect.stringMatching(/^Go \d+\.\d+ is needed and not installed$/),
    fix: expect.stringContaining("install Go"),
  });
  expect(go.builds).toEqual([]);
});

test("a Go that refuses the module is too old", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, { version: "echo 'go.mod requires go >= 1.26' >&2; exit 1" });
  await expect(ensureToolchain(silent, { cache: folder.path, from: await nobody() })).rejects.toMatchObject({
    code: "go-too-old",
  });
  expect(go.builds).toEqual([]);
});

test("a build that fails shows Go's words and leaves nothing that looks finished", async () => {
  using folder = new TemporaryFolder();
  using go = new FakeGo(folder.path, {
    build: 'echo broken > "$out"; echo "verifying module: checksum mismatch" >&2; exit 1',
  });
  await expect(ensureToolchain(silent, { cache: folder.path, from: await nobody() })).rejects.toMatchObject({
    code: "build-failed",
    message: expect.stringContaining("verifying module: checksum mismatch"),
  });
  expect(existsSync(folder.join("pulumi"))).toBe(false);
  expect(findToolchain(folder.path)).toBeUndefined();
  expect(go.builds).toEqual([packages[0]]);
});
