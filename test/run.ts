/**
 * `npm test`: gets what the tests need, starts the tests' servers, runs every test, and says where the time went.
 * `npm test -- unit` runs one kind (unit, contract, e2e), `npm test -- <file>` one file. Ends with a line that counts.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { printFailure } from "../cli/print-failure.ts";
import { root } from "../cli/project-root.ts";
import { StreamProgress } from "../report/progress.ts";
import { ensureToolchain } from "../toolchain/toolchain.ts";
import { optionalServers, startTestServers, stopTestServers } from "./support/servers.ts";

const kinds = ["unit", "contract", "e2e"];
const given = process.argv.slice(2);
const selected = kinds.filter((kind) => given.includes(kind));
const others = given.filter((each) => !kinds.includes(each));
const needsServers = others.length > 0 || selected.length === 0 || selected.some((kind) => kind !== "unit");

const results = join(root, ".tenantry", "test-results.json");
const counts = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
});

mkdirSync(dirname(results), { recursive: true });
rmSync(results, { force: true });
const progress = new StreamProgress();
try {
  if (needsServers) {
    await ensureToolchain(progress);
    // For single files nothing is started that they may not need: suites start what they want themselves.
    await startTestServers({ progress, with: others.length > 0 ? [] : optionalServers });
  }
  const jest = join(dirname(createRequire(import.meta.url).resolve("jest/package.json")), "bin", "jest.js");
  process.exitCode = await progress.timed("tests", () =>
    Promise.resolve(
      spawnSync(
        process.execPath,
        [
          "--experimental-vm-modules",
          "--disable-warning=ExperimentalWarning",
          jest,
          "--json",
          `--outputFile=${results}`,
          ...(selected.length > 0 ? ["--selectProjects", ...selected] : []),
          ...(others.length > 0 ? ["--testPathPatterns", ...others] : []),
        ],
        { cwd: root, stdio: ["inherit", "ignore", "inherit"] },
      ).status ?? 1,
    ),
  );
} catch (error) {
  process.exitCode = printFailure(error);
} finally {
  if (needsServers) await stopTestServers();
  progress.summary();
}
if (existsSync(results)) {
  const ran = counts.parse(JSON.parse(readFileSync(results, "utf8")));
  const failed = ran.numFailedTests + ran.numRuntimeErrorTestSuites;
  console.log(`${ran.numPassedTests} passed, ${failed} failed, ${ran.numPendingTests} skipped`);
}
