import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import { root } from "../../cli/project-root.ts";

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const variables = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]));
const step = z.object({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: variables.default({}),
  run: z.string().optional(),
  env: variables.default({}),
});
const job = z.object({
  if: z.string().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  "timeout-minutes": z.int().optional(),
  steps: z.array(step),
});
const workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.union([z.boolean(), z.string()]) }),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.output<typeof workflow>;
export type Job = Workflow["jobs"][string];
export type Step = Job["steps"][number];

/** The text of a file in `.github`. */
export function textOf(file: string): string {
  return readFileSync(join(root, ".github", file), "utf8");
}

/** Reads a workflow. Throws for one that isn't as GitHub wants it, as far as this project uses it. */
export function readWorkflow(name: string): Workflow {
  return workflow.parse(parse(textOf(`workflows/${name}.yml`)));
}

/** The steps of a composite action. */
export function readAction(name: string): readonly Step[] {
  const action = z.object({ runs: z.object({ using: z.literal("composite"), steps: z.array(step) }) });
  return action.parse(parse(textOf(`actions/${name}/action.yml`))).runs.steps;
}

/** How a step's command ended. */
export interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

/**
 * Runs a step's command as Actions does: by `bash -e`, with the variables of the step in which `${{ … }}` is replaced by what
 * `context` has for the expression. Throws for an expression that it hasn't; secrets that it hasn't are empty.
 */
export async function runStep(
  { run = "", env }: Step,
  {
    folder,
    context,
    variables: given,
  }: {
    readonly folder: string;
    readonly context: Readonly<Record<string, string>>;
    readonly variables: NodeJS.ProcessEnv;
  },
): Promise<Ran> {
  const value = (text: string): string =>
    text.replaceAll(/\$\{\{ *(.*?) *\}\}/g, (_whole, expression: string) => {
      const found = context[expression] ?? (expression.startsWith("secrets.") ? "" : undefined);
      if (found === undefined) throw new Error(`nothing is known of ${expression}`);
      return found;
    });
  const own = Object.entries(env).map(([name, text]): [string, string] => [name, value(String(text))]);
  const options = { cwd: folder, env: { ...given, ...Object.fromEntries(own) } };
  try {
    const { stdout, stderr } = await promisify(execFile)("bash", ["-e", "-c", run], options);
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const failed = z.object({ code: z.int(), stdout: z.string(), stderr: z.string() }).parse(error);
    return { exitCode: failed.code, output: failed.stdout + failed.stderr };
  }
}
