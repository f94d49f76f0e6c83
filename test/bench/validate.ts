import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../../schema/load-fleet.ts";
import { writeFleet } from "./fleet-files.ts";

/** `npm run bench:validate`: how long a fleet takes, and whether a file costs the same in a large one. */
const counts = [1_000, 2_500, 5_000, 10_000];
const root = mkdtempSync(join(tmpdir(), "tenantry-bench-"));
process.on("exit", () => rmSync(root, { recursive: true, force: true }));

/** Milliseconds of wall time and of processor time: on a busy machine the two differ. */
const run = async (count: number): Promise<{ wall: number; cpu: number }> => {
  const dir = join(root, String(count), "tenants");
  writeFleet(dir, count);
  const [started, before] = [performance.now(), process.cpuUsage()];
  const { problems, files } = await loadFleet(dir);
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - started;
  if (files !== count || problems.length > 0) throw new Error(`${files} files, ${problems.length} problems`);
  return { wall, cpu: (user + system) / 1000 };
};

await run(300); // the compiler's warm-up, so that the first line is comparable
let first: number | undefined;
console.log("   files        wall   processor    per file   of the first");
for (const count of counts) {
  const { wall, cpu } = await run(count);
  const each = cpu / count;
  first ??= each;
  const cells = [
    `${wall.toFixed(0)} ms`,
    `${cpu.toFixed(0)} ms`,
    `${each.toFixed(3)} ms`,
    (each / first).toFixed(2),
  ];
  console.log(String(count).padStart(8), ...cells.map((cell) => cell.padStart(11)));
}
