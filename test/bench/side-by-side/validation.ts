import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../../../report/progress.ts";
import { Project } from "../../support/project.ts";
import { writeFleet } from "../fleet-files.ts";
import { measure } from "./measure.ts";
import { tenantry } from "./tenantry.ts";

const count = 10_000;

/** Runs `tenantry validate` over many files and says what it took. */
export async function validation(progress: Progress, signal: AbortSignal): Promise<string> {
  const { root } = new Project("bench-validate");
  try {
    writeFleet(join(root, "tenants"), count);
    const { seconds, bytes } = await progress.step(`validation of ${count} files`, () =>
      measure([...tenantry, "validate"], { cwd: root, env: process.env, signal }),
    );
    const memory = bytes === undefined ? "" : `, ${Math.round(bytes / 2 ** 20)} MiB`;
    return `validation of ${count} files: ${seconds.toFixed(1)} s${memory}`;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
