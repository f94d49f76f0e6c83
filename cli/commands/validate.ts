import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { styleText } from "node:util";
import { Command } from "commander";
import { z } from "zod";
import { count } from "../../report/count.ts";
import type { Problem } from "../../schema/problem.ts";
import { root } from "../project-root.ts";

const options = z.object({
  online: z.boolean().default(false),
  environment: z.string(),
  json: z.boolean().default(false),
});

/** `tenantry validate`: 0 valid, 1 invalid, 2 could not run, 3 a system did not answer. */
export const command = new Command("validate")
  .description("check tenant files, each alone and all together; needs no network and no credentials")
  .argument("[files...]", "report on these files only (they are still compared with all others)")
  .option(
    "--online",
    "look, too, whether repositories and workspaces that they name are there, and what they lack that people need",
  )
  .option("-e, --environment <name>", "with --online, the environment whose systems are asked", "local")
  .option("--json", "print { valid, files, problems } as JSON, with --online also { unreachable }")
  .addHelpText(
    "after",
    `
Exit codes: 0 all valid, 1 something is wrong with a file, 2 could not run (no such file or folder), 3 nothing is wrong, but
a system could not be asked.`,
  )
  .action(async (files: string[], given: unknown) => {
    const { online, environment, json } = options.parse(given);
    const dir = join(root, "tenants");
    const unreadable = findUnreadable(dir, files);
    if (unreadable !== undefined) {
      if (!json) command.error(`error: ${unreadable.message}`, { exitCode: 2 });
      console.log(JSON.stringify({ valid: false, files: 0, problems: [unreadable] }, undefined, 2));
      process.exitCode = 2;
      return;
    }
    const started = Date.now();
    const { validate } = await import("../../schema/validate.ts");
    const offline = await validate(dir, files);
    const asked = online
      ? await (await import("../ask-online.ts")).askOnline(dir, files, environment)
      : undefined;
    const problems = [...offline.problems, ...(asked?.problems ?? [])];
    const unreachable = asked?.unreachable ?? [];
    const valid = problems.length === 0;
    process.exitCode = valid ? (unreachable.length === 0 ? 0 : 3) : 1;
    if (json) {
      const systems = unreachable.map(({ system, message }) => ({ system, message }));
      const report = { valid, files: offline.files, problems, ...(online && { unreachable: systems }) };
      console.log(JSON.stringify(report, undefined, 2));
      return;
    }
    const { printProblems } = await import("../../schema/print-problems.ts");
    const { duration } = await import("../../report/progress.ts");
    printProblems(problems, process.stdout, lineReader(root));
    for (const { system = "", message } of unreachable) console.log(`not asked: ${system}: ${message}`);
    const took = styleText("dim", `(${duration(Date.now() - started)})`, { stream: process.stdout });
    console.log(`${summary(offline.files, problems)} ${took}`);
  });

/** What keeps validation from starting. */
function findUnreadable(dir: string, files: readonly string[]): Problem | undefined {
  const problem = (file: string, code: string, message: string): Problem => ({
    file,
    line: 1,
    column: 1,
    code,
    path: "",
    message,
  });
  if (!existsSync(dir)) return problem(dir, "folder-missing", `there is no folder ${dir}`);
  for (const file of files) {
    if (!existsSync(file)) return problem(file, "file-missing", `there is no file ${file}`);
    if (statSync(file).isDirectory()) {
      return problem(file, "is-folder", `${file} is a folder; name files, or nothing for all of tenants/`);
    }
  }
  return undefined;
}

function summary(files: number, problems: readonly Problem[]): string {
  if (problems.length === 0) {
    return styleText("green", `✓ ${count(files, "tenant file")} valid`, { stream: process.stdout });
  }
  const wrong = new Set(problems.map(({ file }) => file)).size;
  const text = `✗ ${count(problems.length, "problem")} in ${count(wrong, "file")}; ${count(files, "tenant file")} checked`;
  return styleText("red", text, { stream: process.stdout });
}

/** Reads lines of files for excerpts, each file once. */
function lineReader(root: string): (file: string, line: number) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (lines === undefined) {
      try {
        lines = readFileSync(resolve(root, file), "utf8").split("\n");
      } catch {
        lines = [];
      }
      files.set(file, lines);
    }
    return lines[line - 1];
  };
}
