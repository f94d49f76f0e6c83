import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { Failure } from "../report/failure.ts";
import { cacheFolder } from "../toolchain/cache-folder.mjs";
import { download } from "../toolchain/download.ts";
import { java } from "./java.ts";
import { javaOptions } from "./keycloak-java-options.ts";
import { withLock } from "../toolchain/lock.ts";
import type { Say } from "./server.ts";
import { unzip } from "./unzip.ts";

const version = "26.7.5";
const sha256 = "30ef87fb7101c43d29688d1ae80c0588ff4a151b3330e9f664bf9692d398658a";

const cache = cacheFolder();

/** The unpacked distribution, built for our options. It's shared by projects, and never written to once it's there. */
export const distribution: string = join(cache, `keycloak-${version}`);

/** Options that the distribution is built with: they can't change when it's started. */
const buildOptions = ["--db=dev-file", "--health-enabled=true"];

/** Gets Keycloak into the user's cache: GitHub's release first, else Maven Central. Throws a {@link Failure}. */
export async function obtainDistribution(say: Say, signal: AbortSignal): Promise<void> {
  if (existsSync(distribution)) return;
  await mkdir(cache, { recursive: true });
  await withLock(
    `${distribution}.lock`,
    async () => {
      if (existsSync(distribution)) return;
      const program = await java();
      await removeLeftovers();
      const work = await mkdtemp(`${distribution}.new-`);
      try {
        await unzip(await archive(work, say, signal), work);
        const unpacked = join(work, `keycloak-${version}`);
        say("building it for the options it runs with, once for this version");
        await build(program, unpacked, signal);
        await rename(unpacked, distribution);
        await rm(`${distribution}.zip`);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
    (pid) => say(`waiting for process ${pid}, which is getting it too`),
    signal,
  );
}

/** The verified archive. It stays in the cache until it's unpacked and built, so that a killed run goes on from here. */
async function archive(work: string, say: Say, signal: AbortSignal): Promise<string> {
  const file = `${distribution}.zip`;
  if (existsSync(file)) {
    if ((await checksum(file)) === sha256) return file;
    await rm(file);
  }
  const tried: string[] = [];
  for (const [place, get] of Object.entries({ GitHub: fromGitHub, Maven: fromMaven })) {
    try {
      const got = await get(work, say, signal);
      if ((await checksum(got)) !== sha256) throw new Error(`not the archive with SHA-256 ${sha256}`);
      await rename(got, file);
      return file;
    } catch (error) {
      signal.throwIfAborted();
      tried.push(`${place}: ${explain(error)}`);
    }
  }
  throw new Failure("keycloak-unavailable", `Keycloak ${version} can't be got.\n${tried.join("\n")}`, {
    system: "Keycloak",
    fix: "allow access to GitHub, or install Maven (Debian: apt install maven) with access to Maven Central",
  });
}

async function fromGitHub(work: string, say: Say): Promise<string> {
  const name = `keycloak-${version}.zip`;
  const url = new URL(`https://github.com/keycloak/keycloak/releases/download/${version}/${name}`);
  const file = join(work, name);
  await download(url, file, sha256, (bytes) => say(`downloading from GitHub, ${Math.round(bytes / 1e6)} MB`));
  return file;
}

async function fromMaven(work: string, say: Say, signal: AbortSignal): Promise<string> {
  say("downloading from Maven Central, 174 MB");
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  const args = ["-B", "-q", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`];
  await promisify(execFile)("mvn", args, { cwd: work, signal });
  return join(work, `keycloak-quarkus-dist-${version}.zip`);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "mvn is not installed";
  const output = "stdout" in error ? String(error.stdout) : "";
  const reason = /^\[ERROR\] .*$/m.exec(output)?.[0] ?? error.message;
  return error.cause instanceof Error ? `${reason} (${error.cause.message})` : reason;
}

async function checksum(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

async function build(program: string, home: string, signal: AbortSignal): Promise<void> {
  const args = [...javaOptions(home), "build", ...buildOptions];
  try {
    await promisify(execFile)(program, args, { cwd: home, maxBuffer: 16 * 1024 * 1024, signal });
  } catch (cause) {
    throw new Failure("keycloak-build", `Keycloak's build failed: ${explain(cause)}`, {
      cause,
      system: "Keycloak",
    });
  }
}

/** What killed runs left. Nobody else is at work: we hold the lock. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(cache)) {
    if (name.startsWith(`keycloak-${version}.new-`)) await rm(join(cache, name), { recursive: true });
  }
}
