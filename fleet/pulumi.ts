import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { Failure } from "../report/failure.ts";

const run = promisify(execFile);

/** Where and with what a `pulumi` command runs. */
export interface PulumiContext {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Runs a short `pulumi` command to its end and gives its standard output. Throws a {@link Failure} `engine` with its words. */
export async function pulumi(args: readonly string[], { root, environment }: PulumiContext): Promise<string> {
  try {
    const { stdout } = await run("pulumi", [...args, "--non-interactive"], {
      cwd: root,
      env: environment,
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (cause) {
    const { stderr } = z.object({ stderr: z.string().default("") }).parse(cause);
    throw new Failure("engine", stderr.trim() || `pulumi ${args.join(" ")} failed`, { cause });
  }
}
