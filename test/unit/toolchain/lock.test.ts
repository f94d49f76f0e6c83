import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../../toolchain/lock.ts";
import { processStart } from "../../../toolchain/process-table.ts";

let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-lock-"));
  file = join(folder, "lock");
});

afterEach(() => {
  children.splice(0).forEach((child) => child.kill("SIGKILL"));
  rmSync(folder, { recursive: true });
});

/** Another process that takes the lock, says so, and keeps it until it's killed. */
async function holder(): Promise<ChildProcess> {
  const lock = new URL("../../../toolchain/lock.ts", import.meta.url).href;
  const script = `import { withLock } from "${lock}";
    await withLock(${JSON.stringify(file)}, () => new Promise(() => { console.log("mine"); setInterval(() => {}, 1000); }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

test("one at a time, and nothing is left behind", async () => {
  let inside = 0;
  const work = async (): Promise<number> => {
    inside += 1;
    const seen = inside;
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    return seen;
  };
  expect(await Promise.all([1, 2, 3].map(() => withLock(file, work)))).toEqual([1, 1, 1]);
  expect(readdirSync(folder)).toEqual([]);
});

test("it's free again after work that throws", async () => {
  await expect(withLock(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withLock(file, () => Promise.resolve("yes"))).toBe("yes");
});

test("waits for another process, says for which, and goes on when that one is killed", async () => {
  const other = await holder();
  const told: number[] = [];
  const waited = withLock(
    file,
    () => Promise.resolve("mine now"),
    (pid) => {
      told.push(pid);
      other.kill("SIGKILL");
    },
  );
  expect(await waited).toBe("mine now");
  expect(told).toEqual([other.pid]);
  expect(readdirSync(folder)).toEqual([]);
});

test("waiting can be given up, and the lock stays the other's", async () => {
  await holder();
  const patience = new AbortController();
  const waited = withLock(
    file,
    () => Promise.resolve(),
    () => patience.abort(),
    patience.signal,
  );
  await expect(waited).rejects.toThrow("aborted");
  expect(existsSync(file)).toBe(true);
});

test("a pid that now belongs to a process with another start time holds nothing", async () => {
  writeFileSync(file, `${process.pid} long ago`);
  expect(await withLock(file, () => Promise.resolve("taken over"))).toBe("taken over");
});

test("of many who find a dead owner's lock only one at a time gets it", async () => {
  writeFileSync(file, `${process.pid} long ago`);
  writeFileSync(`${file}.stale`, `${process.pid} long ago`);
  let inside = 0;
  const most: number[] = [];
  const work = async (): Promise<void> => {
    most.push((inside += 1));
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, work)));
  expect(most).toEqual(Array(8).fill(1));
});

test("this process has a start time, one that isn't there has none", () => {
  expect(processStart(process.pid)).toMatch(/\d/);
  expect(processStart(2 ** 30)).toBeUndefined();
});
