import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Place } from "./place.ts";
import { commandLine } from "../toolchain/process-table.ts";
import type { Launch } from "./server.ts";

/** A process's pid file: its pid, and the argument that it is recognised by. */
interface PidFile {
  readonly pid: number;
  readonly mark: string;
}

/** The pid of a server's process; `undefined` when it isn't running, even if its pid now belongs to another process. */
export function runningPid(place: Place): number | undefined {
  const file = readPidFile(place);
  return file && isOurs(file) ? file.pid : undefined;
}

/**
 * Starts a server's process so that it outlives this one, and gives its pid. The process writes its own pid file
 * before it becomes the server: there's no moment in which it runs unrecorded.
 */
export async function start(place: Place, launch: Launch): Promise<number> {
  const log = openSync(place.log, "a", 0o600);
  const pidFile = openSync(place.pidFile, "w", 0o600);
  try {
    const record = 'printf "%s %s" $$ "$0" >&3; exec 3>&-; exec "$@"';
    const child = spawn("/bin/sh", ["-c", record, launch.mark, ...launch.argv], {
      cwd: "/",
      detached: true,
      env: { PATH: process.env["PATH"], TZ: process.env["TZ"], ...launch.env },
      stdio: ["ignore", log, log, pidFile],
      ...(launch.user && { uid: launch.user.uid, gid: launch.user.gid }),
    });
    child.unref();
    const failed = new Promise<never>((_resolve, reject) => child.once("error", reject));
    while (readPidFile(place) === undefined && child.exitCode === null)
      await Promise.race([sleep(5), failed]);
    return child.pid ?? 0;
  } finally {
    closeSync(log);
    closeSync(pidFile);
  }
}

/** Ends a server's process: in good order within `patience` milliseconds, else hard. Gives whether there was one. */
export async function stop(place: Place, signal: NodeJS.Signals, patience = 15_000): Promise<boolean> {
  const file = readPidFile(place);
  const ran = file !== undefined && isOurs(file);
  if (ran && !(await end(file, signal, patience))) await end(file, "SIGKILL", 5_000);
  rmSync(place.pidFile, { force: true });
  return ran;
}

async function end(file: PidFile, signal: NodeJS.Signals, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  if (isOurs(file)) process.kill(file.pid, signal);
  while (isOurs(file)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function isOurs({ pid, mark }: PidFile): boolean {
  return commandLine(pid)?.includes(mark) ?? false;
}

function readPidFile(place: Place): PidFile | undefined {
  try {
    const [, pid, mark] = /^([1-9]\d*) (.+)$/s.exec(readFileSync(place.pidFile, "utf8")) ?? [];
    return pid === undefined || mark === undefined ? undefined : { pid: Number(pid), mark };
  } catch {
    return undefined;
  }
}
