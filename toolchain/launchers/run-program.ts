import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import * as pulumi from "@pulumi/pulumi";
import "./without-traces.ts";
import { inStoreOfItsOwn } from "./sdk-internals.ts";

/** Shows an error to the user of the program that is at work. */
const show = new AsyncLocalStorage<(error: unknown) => void>();

const stray = (error: unknown): void => (show.getStore() ?? console.error)(error);
process.on("uncaughtException", stray).on("unhandledRejection", stray);

/**
 * Runs the Pulumi program inside this process, several of them side by side. What it exports becomes the stack's outputs.
 *
 * @param request which program, and for which stack
 * @param engine the engine's address, for log messages
 * @returns whether it ran to its end; every error was shown to the user by then
 */
export function runProgram(request: RunRequest, engine: string): Promise<boolean> {
  return inStoreOfItsOwn(() => run(request, engine));
}

async function run(request: RunRequest, engine: string): Promise<boolean> {
  process.chdir(request.getPwd());
  pulumi.runtime.resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    engine,
    request.getMonitorAddress(),
    request.getDryrun(),
    request.getOrganization(),
  );
  pulumi.runtime.setAllConfig(
    Object.fromEntries(request.getConfigMap().toArray()),
    request.getConfigsecretkeysList(),
  );

  const shown = new Set<unknown>();
  const showOnce = (error: unknown): void => {
    if (!shown.has(error)) pulumi.log.error(describe(error)).catch(() => undefined);
    shown.add(error);
  };
  return show.run(showOnce, async () => {
    try {
      await pulumi.runtime.runInPulumiStack(() => load(request));
    } catch (error) {
      showOnce(error);
    }
    const complete = shown.size === 0 && !pulumi.log.hasErrors();
    await pulumi.runtime.disconnect(complete);
    return complete;
  });
}

/** Imports the entry point. A function that it exports by default is called. */
async function load(request: RunRequest): Promise<unknown> {
  const info = request.getInfo();
  const entry = join(
    info?.getProgramDirectory() ?? request.getPwd(),
    info?.getEntryPoint() ?? request.getProgram(),
  );
  const file = createRequire(join(request.getPwd(), "package.json")).resolve(entry);
  const exported: unknown = await import(pathToFileURL(file).href);
  if (!hasDefault(exported)) return exported;
  return isFunction(exported.default) ? exported.default() : exported.default;
}

function hasDefault(exported: unknown): exported is { readonly default: unknown } {
  return typeof exported === "object" && exported !== null && "default" in exported;
}

function isFunction(value: unknown): value is () => unknown {
  return typeof value === "function";
}

/** A `RunError` is meant for the user and needs no stack; anything else is a bug in the program. */
function describe(error: unknown): string {
  if (pulumi.RunError.isInstance(error)) return error.message;
  return `the program failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
