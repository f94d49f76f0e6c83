import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { Failure } from "../report/failure.ts";
import { engineEvent, type EngineEvent } from "./engine-events.ts";
import type { Interruption } from "./interruption.ts";

/** A refresh only looks: it doesn't change the state. */
export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface EngineRun {
  readonly operation: Operation;
  readonly stack: string;
  /** The project folder. */
  readonly root: string;
  /** The whole environment of the engine's process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Compare with the systems themselves before deciding what to change. */
  readonly refresh?: boolean;
  /** More of the command line, for what only one caller needs. */
  readonly flags?: readonly string[];
  /** Held open by the engine as long as it lives: it is its standard input, which it doesn't read. */
  readonly lifeline?: Writable | undefined;
  readonly onEvent: (event: EngineEvent) => void;
  readonly interruption: Interruption;
}

/** The exit code that stands for an engine that was killed, as shells have it. */
export const killed = 137;

/** How a run of the engine ended. `stderr` has what it said outside of its events. */
export interface EngineResult {
  readonly exitCode: number;
  readonly cancelled: boolean;
  readonly stderr: string;
}

/**
 * Runs one `pulumi` process and hands over its events as they come. Signals reach the engine once each: the first lets
 * running operations end and keeps the state whole, the second stops at once.
 *
 * Throws a {@link Failure} `engine-missing` when the CLI isn't there.
 */
export async function runEngine(run: EngineRun): Promise<EngineResult> {
  const child = spawn("pulumi", arguments_(run), {
    cwd: run.root,
    env: { ...run.environment, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
    stdio: [run.lifeline?.destroyed === false ? run.lifeline : "ignore", "pipe", "pipe"],
    // A process group of its own: the terminal's Ctrl-C reaches us only, and we pass it on.
    detached: true,
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", (cause) => {
      reject(
        new Failure("engine-missing", "the Pulumi CLI can't be started", {
          fix: "run: npx tenantry doctor",
          cause,
        }),
      );
    });
    child.once("close", (code) => resolve(code ?? killed));
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    const event = parseEvent(line);
    if (event) run.onEvent(event);
  });
  const exitCode = await run.interruption.during(
    () => child.kill("SIGINT"),
    () => exited,
  );
  return { exitCode, cancelled: run.interruption.happened, stderr };
}

const unasked: Readonly<Record<Operation, readonly string[]>> = {
  preview: [],
  up: ["--yes", "--skip-preview"],
  refresh: ["--preview-only"],
  destroy: ["--yes", "--skip-preview"],
};

function arguments_({ operation, stack, refresh, flags }: EngineRun): string[] {
  return [
    operation,
    "--stack",
    stack,
    "--json",
    "--non-interactive",
    ...unasked[operation],
    ...(refresh ? ["--refresh"] : []),
    ...(flags ?? []),
  ];
}

/** A look at a line before it is parsed: a third of what comes is about policies that found nothing. */
const known = new RegExp(`"(?:${Object.keys(engineEvent.shape).join("|")})":\\{`);

/** Anything on standard output that isn't an event is a program's own printing: it isn't ours to pass on as JSON. */
function parseEvent(line: string): EngineEvent | undefined {
  if (!line.startsWith("{") || !known.test(line)) return undefined;
  try {
    return engineEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
