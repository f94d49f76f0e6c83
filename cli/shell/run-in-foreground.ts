import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Failure } from "../../report/failure.ts";

/** A program with its arguments and all of its environment. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Runs a program on this terminal to its end and gives its exit code, 128 plus the signal's number when a signal ended
 * it. Throws a {@link Failure} `command-not-found`.
 */
export async function runInForeground({ program, args, environment }: Invocation): Promise<number> {
  const child = spawn(program, args, { env: environment, stdio: "inherit" });
  // The terminal sends Ctrl-C to the program as well, and what it does about it is its own business.
  const onInterrupt = (): void => undefined;
  const onTerminate = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", (cause) => {
        reject(
          new Failure("command-not-found", `${program} can't be started`, {
            fix: "check its spelling, and that it's on PATH",
            cause,
          }),
        );
      });
      child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
  }
}
