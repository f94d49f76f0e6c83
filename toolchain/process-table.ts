import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** When a process started, as text that no other process with the same pid ever has; `undefined` when there's none. */
export function processStart(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "lstart");
  const fields = stat(pid);
  // Ticks since boot, so the boot belongs to it.
  return fields && `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`;
}

/** A process's arguments joined by spaces; `undefined` when there's no such process. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "command");
  // For an instant during exec the kernel shows none; a kernel thread never has one.
  for (let tries = 0; tries < 20 && stat(pid); tries += 1) {
    const text = read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ");
    if (text) return text;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  return undefined;
}

/** The fields of /proc/<pid>/stat from the third on; `undefined` for a zombie, which runs no more. */
function stat(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses, and may hold anything.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields?.[0] === "Z" || fields?.[0] === "X" ? undefined : fields;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const args = ["-ww", "-o", `stat=,${column}=`, "-p", String(pid)];
    const [, state, value] =
      /^(\S+)\s+(.*)$/s.exec(execFileSync("ps", args, { encoding: "utf8" }).trim()) ?? [];
    return state?.startsWith("Z") ? undefined : value;
  } catch {
    return undefined;
  }
}
