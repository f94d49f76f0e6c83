import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Failure } from "../report/failure.ts";

/** Where and with what a `pulumi` command runs. */
export interface PulumiContext {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Runs a short `pulumi` command to its end, which a terminal's Ctrl-C doesn't cut off, and gives its standard output.
 * Throws a {@link Failure} `engine` with its words.
 */
export async function pulumi(args: readonly string[], { root, environment }: PulumiContext): Promise<string> {
  const child = spawn("pulumi", [...args, "--non-interactive"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", (cause) => {
      reject(new Failure("engine", `pulumi ${args.join(" ")} can't be started`, { cause }));
    });
    child.once("close", resolve);
  });
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (exitCode === 0) return stdout;
  throw new Failure("engine", stderr.trim() || `pulumi ${args.join(" ")} failed`);
}
