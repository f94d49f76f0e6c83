import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "./process-table.ts";

/**
 * Runs `work` while this process alone holds the lock `file`. A second process waits; `waiting` is told once for whom.
 * The lock of a process that was killed counts as free: it holds its owner's pid and start time.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  waiting: (pid: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<T> {
  await acquire(file, waiting, signal);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, waiting: (pid: number) => void, signal?: AbortSignal): Promise<void> {
  for (let told = false; !claim(file);) {
    const owner = read(file);
    if (owner === undefined) continue;
    const pid = Number(owner.split(" ", 1)[0]);
    const start = owner.slice(owner.indexOf(" ") + 1);
    if (processStart(pid) === start) {
      if (!told) waiting(pid);
      told = true;
      await sleep(100, undefined, { signal });
      continue;
    }
    // Only one of those who see a dead owner may remove its lock, or the second would remove the first one's.
    await withLock(`${file}.stale`, async () => {
      if (read(file) === owner) rmSync(file, { force: true });
      return Promise.resolve();
    });
  }
}

/** Makes the lock with its content in one step, so that nobody ever sees an empty one. */
function claim(file: string): boolean {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${processStart(process.pid) ?? ""}`);
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
