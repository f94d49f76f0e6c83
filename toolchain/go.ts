import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Failure } from "../report/failure.ts";

const run = promisify(execFile);

/** A folder of this one that holds a go.mod. */
export type GoModule = "engine" | "plugins" | "terraform";

/** The folder of a Go module of the toolchain. */
export function moduleFolder(name: GoModule): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** The oldest Go that a module can be built with, for example `1.26`. */
export function neededGo(module: GoModule): string {
  const text = readFileSync(join(moduleFolder(module), "go.mod"), "utf8");
  const version = /^go (\S+)$/m.exec(text)?.[1];
  if (version === undefined) throw new Error(`${module}/go.mod names no Go version`);
  return version;
}

/**
 * Gives the version of the Go that builds a module, for example `go1.26.8`. Throws a {@link Failure} `go-missing` or
 * `go-too-old`.
 */
export function goVersion(module: GoModule, environment = process.env): Promise<string> {
  return goVersionIn(moduleFolder(module), neededGo(module), environment);
}

/** As {@link goVersion}, for the go.mod in a folder, which asks for Go `needed`. */
export async function goVersionIn(
  folder: string,
  needed: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const fix = `install Go ${needed} or newer (https://go.dev/doc/install, or your system's packages) and run this again`;
  try {
    // In the module's folder, because Go may fetch the version that go.mod asks for, or refuse there.
    const { stdout } = await run("go", ["version"], { cwd: folder, env: environment });
    return /\bgo[0-9.]+\S*/.exec(stdout)?.[0] ?? stdout.trim();
  } catch (cause) {
    if (isMissing(cause))
      throw new Failure("go-missing", `Go ${needed} is needed and not installed`, { fix, cause });
    throw new Failure("go-too-old", `Go ${needed} is needed and the installed one is older`, { fix, cause });
  }
}

/** What to build. */
export interface GoBuild {
  readonly module: GoModule;
  /** The file of its folder that names its dependencies: `go.mod` or another. */
  readonly dependencies: string;
  /** The main package, as `go build` takes it. */
  readonly package: string;
  /** Variables set at link time: name to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** The binary to write. */
  readonly output: string;
}

/**
 * Builds one binary. Every module's checksum is verified against the committed sums; what an interrupted build has
 * compiled is kept in Go's own cache. Throws a {@link Failure} `build-failed`, `go-missing` or `go-too-old`.
 */
export async function goBuild(build: GoBuild, say: (detail: string) => void): Promise<void> {
  await goVersion(build.module);
  const set = Object.entries(build.variables).map(([name, value]) => `-X ${name}=${value}`);
  const args = [
    "-mod=readonly",
    `-modfile=${build.dependencies}`,
    "-buildvcs=false",
    "-v",
    "-ldflags",
    ["-s -w", ...set].join(" "),
  ];
  const where = { cwd: moduleFolder(build.module), env: process.env };
  await runGo(["build", ...args, "-o", build.output, build.package], where, say);
}

/** Where and for whom Go runs. */
export interface GoRun {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends it when aborted. */
  readonly signal?: AbortSignal;
  /** The system that is built, for the message of a failure. */
  readonly system?: string;
}

/**
 * Runs Go with `-v`, telling how far it is. Throws a {@link Failure} `build-failed` with Go's last words, or whatever
 * `signal` was aborted with.
 */
export async function runGo(
  args: readonly string[],
  { cwd, env, signal, system }: GoRun,
  say: (detail: string) => void,
): Promise<void> {
  const child = spawn("go", args, {
    cwd,
    env,
    stdio: ["ignore", "ignore", "pipe"],
    ...(signal && { signal, killSignal: "SIGINT" }),
  });
  let downloaded = 0;
  let compiled = 0;
  const last: string[] = [];
  const lines = createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.startsWith("go: downloading ")) {
      downloaded += 1;
      say(`${downloaded} modules downloaded, now ${line.slice("go: downloading ".length)}`);
    } else if (/^[\w./~+-]+$/.test(line)) {
      compiled += 1;
      say(`${compiled} packages compiled, now ${line}`);
    } else {
      last.push(line);
      if (last.length > 20) last.shift();
    }
  });
  const finished = new Promise<void>((resolve) => lines.once("close", resolve));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  await finished;
  if (code === 0) return;
  throw new Failure("build-failed", `go ${args[0] ?? ""} ${args.at(-1) ?? ""} failed:\n${last.join("\n")}`, {
    fix: "mend what Go says above (often a proxy or a full disk) and run this again: what is compiled is kept",
    ...(system !== undefined && { system }),
  });
}

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
