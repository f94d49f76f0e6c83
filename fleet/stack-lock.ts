import { hostname } from "node:os";
import { commandLine } from "../toolchain/process-table.ts";

/** Who holds a stack's lock in a state backend of one's own, as the engine names it. */
export interface StackLock {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

/** Reads the locks from the engine's refusal (pkg/backend/diy/lock.go, lockContentToString). */
export function locksIn(stderr: string): StackLock[] {
  const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  return [...stderr.matchAll(pattern)].map(([, user = "", host = "", pid, since = ""]) => ({
    user,
    host,
    pid: Number(pid),
    since,
  }));
}

/**
 * Whether the run that took the lock is certainly over: it ran on this machine, and no pulumi has its number now. One that
 * is dead and not yet taken away by its parent is over too.
 */
export function isAbandoned(lock: StackLock): boolean {
  return lock.host === hostname() && !(commandLine(lock.pid) ?? "").includes("pulumi");
}
