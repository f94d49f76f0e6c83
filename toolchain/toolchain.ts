import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../report/failure.ts";
import type { Progress } from "../report/progress.ts";
import { withLock } from "./lock.ts";
import { cacheFolder } from "./cache-folder.mjs";
import { goBuild } from "./go.ts";
import { launchersAreCurrent, placeLaunchers, refreshLaunchers } from "./launchers.ts";
import { publisher, unpackRelease, type Release } from "./official.ts";
import { binFolder, isCurrent, parts, pulumiHome, sourceHash, stampFile, type Part } from "./parts.ts";
import { readVersions } from "./versions.ts";

/** What the engine needs beside npm's packages, all of it in the user's cache. */
export interface Toolchain {
  /** The Pulumi CLI. */
  readonly pulumi: string;
  /** The folder of the CLI and its language host: first on an engine's `PATH`. */
  readonly bin: string;
  /** An engine's `PULUMI_HOME`: plugins and state of its own, never the user's `~/.pulumi`. */
  readonly pulumiHome: string;
}

/** Gives the toolchain when all of it is there. It reads a few small files: quick enough for every command. */
export function findToolchain(cache = cacheFolder()): Toolchain | undefined {
  const versions = readVersions();
  const bin = binFolder(cache, versions);
  if (!parts(cache, versions).every(isCurrent) || !launchersAreCurrent(bin)) return undefined;
  return { pulumi: join(bin, "pulumi"), bin, pulumiHome: pulumiHome(cache) };
}

/**
 * Gets what is missing: official releases where they can be had, else built from source. One process at a time works
 * on it; what a killed one finished, and what Go had compiled, is kept.
 *
 * Throws a {@link Failure} `go-missing`, `go-too-old` or `build-failed`.
 *
 * @param options the cache folder, and the address that releases are asked from
 */
export async function ensureToolchain(
  progress: Progress,
  { cache = cacheFolder(), from = publisher } = {},
): Promise<Toolchain> {
  const found = findToolchain(cache);
  if (found) return found;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  let waited: Promise<void> | undefined;
  let ourTurn = (): void => undefined;
  const tellWaiting = (pid: number): void => {
    const title = `Waiting for process ${pid}, which gets the toolchain already`;
    waited = progress.step(title, () => new Promise<void>((resolve) => (ourTurn = resolve)));
  };
  const get = async (): Promise<void> => {
    ourTurn();
    await waited;
    await getMissing(progress, cache, from);
  };
  await withLock(join(cache, "toolchain.lock"), get, tellWaiting);
  const toolchain = findToolchain(cache);
  if (!toolchain) throw new Error(`the toolchain in ${cache} is not complete after all was made`);
  return toolchain;
}

async function getMissing(progress: Progress, cache: string, from: URL): Promise<void> {
  for (const name of await readdir(cache)) {
    // Left by a process that was killed: we hold the lock, so nobody works there.
    if (name.startsWith(temporary)) await rm(join(cache, name), { recursive: true });
  }
  const versions = readVersions();
  /** Why the publisher wasn't reached: asked once, not for every part. */
  let unreachable: string | undefined;
  for (const part of parts(cache, versions)) {
    if (isCurrent(part)) continue;
    const folder = await mkdtemp(join(cache, temporary));
    const unpacked = join(folder, "release");
    await mkdir(unpacked);
    let reason = part.release ? unreachable : "there is no official one";
    if (part.release && reason === undefined) {
      const refusal = await tryOfficial(part, part.release, from, unpacked, progress);
      if (refusal?.code === "unreachable") unreachable = refusal.message;
      reason = refusal?.message;
    }
    const made = reason === undefined ? join(unpacked, part.folderInArchive) : join(folder, "built");
    if (reason !== undefined) await build(part, made, reason, progress);
    await replaceFolder(part.folder, made, folder);
    await rm(folder, { recursive: true });
  }
  const bin = binFolder(cache, versions);
  if (!launchersAreCurrent(bin)) await refreshLaunchers(bin);
}

const temporary = "making-";

/** Unpacks the official release. Gives the reason when it can't be had. */
async function tryOfficial(
  part: Part,
  release: Release,
  from: URL,
  folder: string,
  progress: Progress,
): Promise<Failure | undefined> {
  return await progress.step(`Asking ${from.host} for ${part.title}`, async (say) => {
    try {
      await unpackRelease(release, folder, say, { from });
      return undefined;
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  });
}

async function build(part: Part, folder: string, reason: string, progress: Progress): Promise<void> {
  await mkdir(folder);
  const { source } = part;
  await progress.step(`Building ${part.title} from source (${reason})`, (say) =>
    goBuild({ ...source, output: join(folder, part.program) }, say),
  );
  if (source.launchers.length > 0) await placeLaunchers(folder, source.launchers);
  await writeFile(join(folder, stampFile), sourceHash(source));
}

/** Puts a finished folder in its place; the one before goes into `aside` first. */
async function replaceFolder(place: string, finished: string, aside: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  if (existsSync(place)) await rename(place, join(aside, "before"));
  await rename(finished, place);
}
