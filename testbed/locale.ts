import { spawnSync } from "node:child_process";

/** The locale for databases: `en_US.UTF-8` where the machine has it, else `C.UTF-8`, which every Linux and macOS has. */
export function locale(): string {
  const { status, stdout } = spawnSync("locale", ["-a"], { encoding: "utf8" });
  return status === 0 && /^en_US\.utf-?8$/im.test(stdout) ? "en_US.UTF-8" : "C.UTF-8";
}
