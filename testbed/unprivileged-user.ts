import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Failure } from "../report/failure.ts";
import type { User } from "./server.ts";

/**
 * Whom a server runs as that refuses to run as root: `undefined` (the user who types the command) unless that's root.
 * Throws a {@link Failure} `no-unprivileged-user`.
 */
export function unprivilegedUser(system: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody", "daemon"]) {
    const [name, , uid, gid] = users.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Failure("no-unprivileged-user", "no user postgres, nobody or daemon to run the server as", {
    system,
    fix: "add a user named postgres, or run as another user than root",
  });
}

/** Whether a user may go into a folder (`x`) or read a file (`r`), whatever grants or forbids it. */
export function mayReach(user: User, path: string, right: "r" | "x"): boolean {
  const { uid, gid } = user;
  return spawnSync("test", [`-${right}`, path], { uid, gid, cwd: "/", stdio: "ignore" }).status === 0;
}
