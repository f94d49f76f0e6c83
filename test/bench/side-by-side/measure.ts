import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

/** What a command cost. */
export interface Cost {
  readonly seconds: number;
  /** The most memory that it and everything it started had at one time, shared pages counted once; undefined where `/proc` doesn't say. */
  readonly bytes: number | undefined;
  /** What it printed. */
  readonly stdout: string;
}

interface Run {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Interrupts the command. */
  readonly signal: AbortSignal;
  /** The exit codes of success. Default: 0 alone. */
  readonly fine?: readonly number[];
}

/** Runs a command to its end. Throws when it ends with another code than wanted, or when it is interrupted. */
export async function measure([file = "", ...args]: readonly string[], run: Run): Promise<Cost> {
  run.signal.throwIfAborted();
  const started = performance.now();
  const child = spawn(file, args, { cwd: run.cwd, env: run.env, stdio: ["ignore", "pipe", "pipe"] });
  const interrupt = (): void => void child.kill("SIGINT");
  run.signal.addEventListener("abort", interrupt);
  let bytes: number | undefined;
  const look = (): void => {
    const now = child.pid === undefined ? undefined : memoryOf(child.pid);
    if (now !== undefined) bytes = Math.max(bytes ?? 0, now);
  };
  const timer = setInterval(look, 200);
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const seconds = (performance.now() - started) / 1000;
    run.signal.throwIfAborted();
    if (!(run.fine ?? [0]).includes(code ?? -1))
      throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`.slice(-4000));
    return { seconds, bytes, stdout };
  } finally {
    clearInterval(timer);
    run.signal.removeEventListener("abort", interrupt);
  }
}

/** The memory of a process and all below it, in bytes; undefined where there is no `/proc`. */
function memoryOf(root: number): number | undefined {
  const parents = parentsOfAll();
  if (parents === undefined) return undefined;
  const isBelow = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow).reduce((sum, pid) => sum + proportionalSet(pid), 0);
}

function parentsOfAll(): ReadonlyMap<number, number> | undefined {
  try {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return new Map(pids.map((pid) => [Number(pid), Number(fieldOf(pid, "status", "PPid"))]));
  } catch {
    return undefined;
  }
}

/** Memory that others share is counted by its share (proc_pid_smaps_rollup(5)). */
function proportionalSet(pid: number): number {
  return Number(fieldOf(String(pid), "smaps_rollup", "Pss")) * 1024;
}

function fieldOf(pid: string, file: string, field: string): string {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/${file}`, "utf8"));
    return found?.[1] ?? "0";
  } catch {
    // It ended in this moment.
    return "0";
  }
}
