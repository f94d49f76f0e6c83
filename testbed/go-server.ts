import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { cacheFolder } from "../toolchain/cache-folder.mjs";
import { goVersionIn, runGo } from "../toolchain/go.ts";
import { withLock } from "../toolchain/lock.ts";
import type { Say } from "./server.ts";

const run = promisify(execFile);

/** A program that is built from its Go module, with what lies beside it there. */
export interface GoProgram {
  /** The program's file name. */
  readonly name: string;
  /** The system that it belongs to, for messages. */
  readonly system: string;
  readonly module: string;
  /** The module's version, as Go has it. */
  readonly version: string;
  /** The main package. */
  readonly package: string;
  /** What its go.mod leaves to a local folder, or to nobody: module to version. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Variables set at link time: name to value. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** Whether it holds C, and so needs a C compiler. */
  readonly c?: boolean;
  /** Folders of the module that the program reads while it runs. */
  readonly folders?: readonly string[];
}

/** What a program that failed had printed. */
const printed = z.object({ stdout: z.string(), stderr: z.string() });
const downloaded = z.object({ Dir: z.string() });
const moduleFile = z.object({
  Go: z.string().default("1.26"),
  Replace: z
    .array(z.object({ Old: z.object({ Path: z.string() }), New: z.object({ Path: z.string() }) }))
    .nullish(),
});

/** Where a program is, with its folders beside it. Projects share it; it's never written to once it's there. */
export function programFolder({ name, version }: GoProgram, cache = cacheFolder()): string {
  return join(cache, "servers", `${name}-${version}`);
}

/**
 * Builds a program into the user's cache unless it's there. One process at a time does; what an interrupted build has
 * compiled is kept in Go's own cache. Throws a {@link Failure} `go-missing`, `go-too-old`, `module-unavailable` or
 * `build-failed`, or whatever `signal` was aborted with.
 */
export async function obtainProgram(
  program: GoProgram,
  say: Say,
  signal: AbortSignal,
  cache = cacheFolder(),
): Promise<void> {
  const folder = programFolder(program, cache);
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  await withLock(
    `${folder}.lock`,
    async () => {
      if (existsSync(folder)) return;
      await removeLeftovers(folder);
      const work = await mkdtemp(`${folder}.new-`);
      try {
        await make(program, work, say, signal);
        await rename(join(work, "made"), folder);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
    (pid) => say(`waiting for process ${pid}, which is getting it too`),
    signal,
  );
}

/** What killed runs left. Nobody else is at work: we hold the lock. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.new-`)) continue;
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

async function make(program: GoProgram, work: string, say: Say, signal: AbortSignal): Promise<void> {
  const environment = {
    ...process.env,
    GOFLAGS: "-mod=mod",
    GOWORK: "off",
    CGO_ENABLED: program.c === true ? "1" : "0",
  };
  say(`getting the source of ${program.module} ${program.version}`);
  const source = await download(program, work, environment, signal);
  await adoptModule(program, source, work, environment, signal);
  const made = join(work, "made");
  await mkdir(made);
  const set = Object.entries(program.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const args = [
    "-buildvcs=false",
    "-tags",
    (program.tags ?? []).join(" "),
    "-ldflags",
    ["-s -w", ...set].join(" "),
  ];
  say(`building ${program.name}`);
  await runGo(
    ["build", "-v", ...args, "-o", join(made, program.name), program.package],
    { cwd: work, env: environment, signal, system: program.system },
    (detail) => say(`building ${program.name}: ${detail}`),
  );
  for (const each of program.folders ?? []) await copyWritable(join(source, each), join(made, each));
}

/** Gets the module's source into Go's cache, verified against Go's checksum database. Gives its folder. */
async function download(
  { module, version, system }: GoProgram,
  work: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  // It needs no particular version of Go, and fails when there's none at all.
  await goVersionIn(work, "1.26", env);
  try {
    // Not -mod=mod: there's no module around it yet.
    const { stdout } = await run("go", ["mod", "download", "-json", `${module}@${version}`], {
      cwd: work,
      env: { ...env, GOFLAGS: "" },
      signal,
    });
    return downloaded.parse(JSON.parse(stdout)).Dir;
  } catch (cause) {
    signal.throwIfAborted();
    const { stdout = "", stderr = "" } = printed.safeParse(cause).data ?? {};
    const reason = /"Error": "(.*)"/.exec(stdout)?.[1] ?? (stderr.trim() || String(cause));
    throw new Failure("module-unavailable", `${module} ${version} can't be got: ${reason}`, {
      cause,
      system,
      fix: "allow access to a Go module proxy (the variable GOPROXY) and run this again",
    });
  }
}

/**
 * Makes a module of our own that builds with exactly what the program's own go.mod asks for: `replace` lines only count
 * in the main module, so that file becomes ours.
 */
async function adoptModule(
  { module, version, requires = {} }: GoProgram,
  source: string,
  work: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  for (const name of ["go.mod", "go.sum"]) {
    await copyFile(join(source, name), join(work, name));
    await chmod(join(work, name), 0o600);
  }
  const edit = async (...args: string[]): Promise<string> =>
    (await run("go", ["mod", "edit", ...args], { cwd: work, env, signal })).stdout;
  const { Go, Replace } = moduleFile.parse(JSON.parse(await edit("-json")));
  await goVersionIn(work, Go, env);
  const local = (Replace ?? []).filter((each) => each.New.Path.startsWith("."));
  await edit(
    "-module=tenantry.example/server",
    ...local.map(({ Old }) => `-dropreplace=${Old.Path}`),
    ...Object.entries({ ...requires, [module]: version }).map(([path, each]) => `-require=${path}@${each}`),
  );
}

/** Go's cache is read-only; a copy of ours must be removable. */
async function copyWritable(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}
