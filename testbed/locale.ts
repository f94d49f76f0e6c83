import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The locale for new databases: `en_US.UTF-8` where the machine has it, else `C.UTF-8`. */
export async function locale(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("locale", ["-a"]);
    return /^en_US\.utf-?8$/im.test(stdout) ? "en_US.UTF-8" : "C.UTF-8";
  } catch {
    return "C.UTF-8";
  }
}
