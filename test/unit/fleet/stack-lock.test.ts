import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { isAbandoned, locksIn } from "../../../fleet/stack-lock.ts";

const refusal = (lines: string): string =>
  "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock " +
  `file with \`pulumi cancel\`.\n${lines}`;
const lock = { user: "root", host: hostname(), pid: 999_999_999, since: "2026-11-21T03:12:54Z" };

test("locks are read from the engine's refusal, of any backend", () => {
  const text = refusal(
    "  file:///x/.pulumi/locks/organization/tenantry/local.acme/1.json?no_tmp_dir=true: created by root@vm (pid 13649) at 2026-11-21T03:12:54Z\n" +
      "  s3://bucket/.pulumi/locks/a/b/c/2.json: created by ci@runner-7 (pid 1) at 2026-11-21T04:00:00Z",
  );
  expect(locksIn(text)).toEqual([
    { user: "root", host: "vm", pid: 13649, since: "2026-11-21T03:12:54Z" },
    { user: "ci", host: "runner-7", pid: 1, since: "2026-11-21T04:00:00Z" },
  ]);
  expect(locksIn("error: something else")).toEqual([]);
});

test("a lock is abandoned when its process on this machine is gone, or is something else by now", () => {
  expect(isAbandoned(lock)).toBe(true);
  expect(isAbandoned({ ...lock, pid: process.pid })).toBe(true);
});

test("nothing is known of processes on other machines", () => {
  expect(isAbandoned({ ...lock, host: "elsewhere" })).toBe(false);
});

test("a killed engine whose parent hasn't noticed yet holds nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-zombie-"));
  copyFileSync("/bin/sleep", join(folder, "pulumi"));
  // The shell becomes a program that never asks what became of its children.
  const script = '"$0" 60 & printf "x%s" $!; exec sleep 60';
  const parent = spawn("/bin/sh", ["-c", script, join(folder, "pulumi")], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(/x(\d+)/.exec(line.toString())?.[1]);
    expect(isAbandoned({ ...lock, pid })).toBe(false);
    process.kill(pid, "SIGKILL");
    while (!isAbandoned({ ...lock, pid })) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(() => process.kill(pid, 0)).not.toThrow();
  } finally {
    parent.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});
