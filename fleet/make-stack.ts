import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stringify } from "yaml";
import { Failure } from "../report/failure.ts";
import { pulumi, type PulumiContext } from "./pulumi.ts";
import { settingsFile } from "./settings-file.ts";
import { keySettings, stackState } from "./stack-state.ts";
import { StateFolder } from "./state-folder.ts";

interface Stack extends PulumiContext {
  readonly stack: string;
}

/** Stacks are made one after the other: each after the first takes over its key. */
let making: Promise<void> = Promise.resolve();

/**
 * Makes an empty stack, unless it's there. It is encrypted by the same key as the environment's other stacks, so that one
 * engine can read them all.
 */
export function makeStack(stack: Stack): Promise<void> {
  const made = making.then(() => make(stack));
  making = made.catch(() => undefined);
  return made;
}

async function make({ stack, ...context }: Stack): Promise<void> {
  if (makeLikeOthers({ stack, ...context })) return;
  await pulumi(["stack", "init", stack], context).catch((error: unknown) => {
    // Another run made it in this very moment.
    if (!(error instanceof Failure && error.message.includes("already exists"))) throw error;
  });
}

/**
 * Makes a stack as another one is, but empty: `pulumi stack init`, which takes a third of a second, does no more. False where
 * there is no other, or the stack has a key of its own.
 */
function makeLikeOthers({ stack, root, environment }: Stack): boolean {
  const states = StateFolder.of(root, environment);
  const ofEnvironment = stack.slice(0, stack.indexOf(".") + 1);
  const other = states?.stacks().find((each) => each.startsWith(ofEnvironment) && each !== stack);
  const state = other === undefined ? undefined : stackState(states?.deployment(other));
  const key = state && keySettings(state);
  const settings = settingsFile(root, stack);
  if (states === undefined || state === undefined || key === undefined || existsSync(settings)) return false;
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, stringify(key), { flag: "wx" });
  states.put(stack, { manifest: state.manifest, secrets_providers: state.secrets_providers });
  return true;
}
