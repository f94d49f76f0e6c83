/** `npm run lint`: types, lint and format, as CI runs them. What a tool says is printed when it has something to say. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { root } from "../cli/project-root.ts";
import { StreamProgress } from "../report/progress.ts";

const checks = [
  { title: "types", command: ["tsc"] },
  { title: "lint", command: ["eslint", "--max-warnings", "0", "."] },
  { title: "SDK", command: ["node", "--disable-warning=ExperimentalWarning", "toolchain/sdk/check-sdk.ts"] },
  { title: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
];

const progress = new StreamProgress();
for (const { title, command } of checks) {
  await progress
    .step(title, () => run(command))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
progress.summary();

async function run([program = "", ...args]: readonly string[]): Promise<void> {
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(out + err);
}
