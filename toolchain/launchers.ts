import { existsSync, readFileSync } from "node:fs";
import { rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

const script = new URL("launchers/launch.sh", import.meta.url);

/** Puts launch.sh into a folder of the engine, under its own name and under each launcher's. */
export async function placeLaunchers(folder: string, names: readonly string[]): Promise<void> {
  await refreshLaunchers(folder);
  for (const name of names) await symlink("launch.sh", join(folder, name));
}

/** Replaces a folder's launch.sh by the present one, in one step: an engine may be running it. */
export async function refreshLaunchers(folder: string): Promise<void> {
  const next = join(folder, `launch.sh.${process.pid}`);
  await writeFile(next, readFileSync(script), { mode: 0o755 });
  await rename(next, join(folder, "launch.sh"));
}

/** Whether a folder's launch.sh is the present one. A folder without any holds Pulumi's own plugins. */
export function launchersAreCurrent(folder: string): boolean {
  const placed = join(folder, "launch.sh");
  return !existsSync(placed) || readFileSync(placed).equals(readFileSync(script));
}
