import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { parse } from "yaml";
import { z } from "zod";
import { errorCode } from "../schema/error-code.ts";
import type { StackState } from "./stack-state.ts";

/**
 * The folder that a state backend `file://` keeps stacks in (pkg/backend/diy in pulumi/pulumi). Other backends can only be
 * asked through the CLI, a third of a second a question.
 */
export class StateFolder {
  readonly folder: string;
  readonly #project: string;
  readonly #stacks: string;
  readonly #history: string;

  /** The folder that `PULUMI_BACKEND_URL` names; undefined when that is another backend. */
  static of(root: string, variables: NodeJS.ProcessEnv): StateFolder | undefined {
    const url = variables["PULUMI_BACKEND_URL"];
    // Of file://~ and file://. only the engine knows where they are.
    if (url === undefined || !/^file:\/\/\/[^?]*(?:\?metadata=skip)?$/.test(url)) return undefined;
    const { name } = project.parse(parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")));
    return new StateFolder(fileURLToPath(url), name);
  }

  private constructor(folder: string, projectName: string) {
    this.folder = folder;
    this.#project = projectName;
    this.#stacks = join(folder, ".pulumi", "stacks", projectName);
    this.#history = join(folder, ".pulumi", "history", projectName);
  }

  /** The names of the stacks that there are. */
  stacks(): string[] {
    const names = list(this.#stacks).map((file) => /^(.+?)\.json(?:\.gz|\.zst)?$/.exec(file)?.[1]);
    return [...new Set(names.filter((name) => name !== undefined))].sort();
  }

  /** Whether a stack holds no resources: nothing was deployed, or all of it was destroyed. False where one can't tell. */
  isEmpty(stack: string): boolean {
    const state = this.#deployment(stack);
    if (state === undefined) return this.fingerprint(stack) === undefined;
    return (state.resources ?? []).length === 0 && (state.pending_operations ?? []).length === 0;
  }

  /** Whether a change of a resource failed halfway. Undefined where one can't tell. */
  hasInitErrors(stack: string): boolean | undefined {
    const state = this.#deployment(stack);
    if (state === undefined) return this.fingerprint(stack) === undefined ? false : undefined;
    return hasInitErrors(state);
  }

  /** Hexadecimal SHA-256 of a stack's whole state: another one when anything at all was done to it. Undefined: no stack. */
  fingerprint(stack: string): string | undefined {
    for (const extension of extensions) {
      const content = this.#state(stack, extension);
      if (content !== undefined) return createHash("sha256").update(content).digest("hex");
    }
    return undefined;
  }

  /** What a stack holds, as `pulumi stack export` gives it under `deployment`: secrets are encrypted. Undefined: no stack. */
  deployment(stack: string): unknown {
    const content = extensions.flatMap((each) => this.#state(stack, each) ?? []).at(0);
    return content && whole.parse(JSON.parse(unpacked(content))).checkpoint.latest;
  }

  /** Adds a stack. One that is there already is left as it is. */
  put(stack: string, latest: StackState): void {
    mkdirSync(this.#stacks, { recursive: true, mode: 0o700 });
    // Says that stacks are kept by project (pkg/backend/diy/meta.go in pulumi/pulumi).
    writeUnlessThere(join(this.folder, ".pulumi", "meta.yaml"), "version: 1\n");
    const name = `organization/${this.#project}/${stack}`;
    writeUnlessThere(
      join(this.#stacks, `${stack}.json`),
      JSON.stringify({ version: 3, checkpoint: { stack: name, latest } }),
    );
  }

  /**
   * Takes away the file of a state's type and checksum that a killed engine left empty: it can't read the state beside it ("failed
   * to load checkpoint: EOF"), and does without.
   */
  mend(stack: string): void {
    for (const extension of extensions) {
      const sidecar = join(this.#stacks, `${stack}.${extension}.attrs`);
      if (statSync(sidecar, { throwIfNoEntry: false })?.size === 0) rmSync(sidecar, { force: true });
    }
  }

  /** The engine's notes of what was done to a stack, newest first, at most `count`. */
  history(stack: string, count: number): unknown[] {
    const folder = join(this.#history, stack);
    const notes = list(folder).filter((file) => /\.history\.json(?:\.gz|\.zst)?$/.test(file));
    // Their names hold the time in nanoseconds, in as many digits each.
    const newest = notes.sort().slice(-count).reverse();
    return newest.map((file): unknown => JSON.parse(unpacked(readFileSync(join(folder, file)))));
  }

  /** Undefined when there is none, or it is packed. */
  #deployment(stack: string): Deployment | undefined {
    const content = this.#state(stack, "json");
    if (content === undefined) return undefined;
    return checkpoint.safeParse(JSON.parse(content.toString("utf8"))).data?.checkpoint.latest ?? {};
  }

  #state(stack: string, extension: string): Buffer | undefined {
    return read(join(this.#stacks, `${stack}.${extension}`));
  }
}

const extensions = ["json", "json.gz", "json.zst"];

/** As the engine's settings have it, states and notes are compressed. */
function unpacked(content: Buffer): string {
  const [first, second] = content;
  if (first === 0x1f && second === 0x8b) return gunzipSync(content).toString("utf8");
  if (first === 0x28 && second === 0xb5) return zstdDecompressSync(content).toString("utf8");
  return content.toString("utf8");
}

const whole = z.object({ checkpoint: z.object({ latest: z.unknown().optional() }) });
const deployment = z.object({
  resources: z.array(z.object({ initErrors: z.array(z.string()).nullish() })).nullish(),
  pending_operations: z.array(z.unknown()).nullish(),
});
type Deployment = z.output<typeof deployment>;

const checkpoint = z.object({ checkpoint: z.object({ latest: deployment.nullish() }) });
const project = z.object({ name: z.string() });

/** Whether a change of a resource failed halfway, as the engine notes it in a state. */
export function hasInitErrors({ resources }: Deployment): boolean {
  return (resources ?? []).some(({ initErrors }) => (initErrors ?? []).length > 0);
}

function writeUnlessThere(path: string, content: string): void {
  try {
    writeFileSync(path, content, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
