import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Writable } from "node:stream";

/** What an engine needs to have its program run by a process that is there already. */
export interface Attachment {
  readonly variables: NodeJS.ProcessEnv;
  /** Held open by every engine: the process lives as long as one of them does, whatever became of us. */
  readonly lifeline: Writable;
}

/**
 * The process that runs the programs, the policies and our resources of a whole run (`toolchain/launchers/warm-host.ts`): three
 * starts of Node less for every stack. It is started when it is asked for, and again when it died.
 */
export class WarmHost {
  readonly #serves: "programs" | "resources";
  #started: Promise<Attachment | undefined> | undefined;
  #stop: () => Promise<void> = () => Promise.resolve();

  /** @param serves what it gets ready for. Whoever only looks at resources has no use for the program and its policies. */
  constructor(serves: "programs" | "resources" = "programs") {
    this.#serves = serves;
  }

  /**
   * Undefined: it can't be had, and the engine starts its own.
   *
   * @param root the project's folder
   * @param environment the whole environment of the process, as the engine's own
   */
  attach(root: string, environment: NodeJS.ProcessEnv): Promise<Attachment | undefined> {
    this.#started ??= this.#start(root, environment);
    return this.#started;
  }

  /** Lets go of it, and waits until it has ended. */
  async close(): Promise<void> {
    await this.#stop();
  }

  async #start(root: string, environment: NodeJS.ProcessEnv): Promise<Attachment | undefined> {
    const script = join(root, "toolchain", "launchers", "warm-host.ts");
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, this.#serves], {
      cwd: root,
      env: environment,
      stdio: ["pipe", "pipe", "ignore"],
      // A process group of its own: Ctrl-C is not for it.
      detached: true,
    });
    const ended = once(child, "close").catch(() => undefined);
    void ended.then(() => (this.#started = undefined));
    this.#stop = async () => {
      child.stdin.destroy();
      await ended;
    };
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      ended.then(() => []),
    ]);
    const [, port, providers] = /^(\d+) ([\w-]+:\d+(?:,[\w-]+:\d+)*)$/.exec(String(line)) ?? [];
    if (port === undefined || providers === undefined) return undefined;
    return {
      variables: {
        PULUMI_DEBUG_LANGUAGES: `nodejs:${port}`,
        PULUMI_DEBUG_PROVIDERS: providers,
      },
      lifeline: child.stdin,
    };
  }
}
