import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../report/failure.ts";
import { exportState } from "./export-state.ts";
import type { PulumiContext } from "./pulumi.ts";
import { hasInitErrors, StateFolder } from "./state-folder.ts";

interface Stack extends PulumiContext {
  readonly stack: string;
}

/**
 * Whether nobody knows how far a change of a former run got. A plugin made with Terraform's SDK takes one that failed, or whose
 * answer was lost, for made, and so does the state. The engine notes `initErrors` with it, and its next update, an empty
 * one, takes them away (`hasInitErrors` in pkg/resource/deploy/step_generator.go of pulumi/pulumi): only a look at the
 * server tells.
 */
export async function hasUncertainChanges(stack: Stack): Promise<boolean> {
  const states = StateFolder.of(stack.root, stack.environment);
  if (states !== undefined && existsSync(noteOf(states, stack))) return true;
  return states?.hasInitErrors(stack.stack) ?? (await isNotedByEngine(stack));
}

/**
 * Keeps in mind, beside the state, how a run ended: an update by plain `pulumi` before the next one would take the engine's
 * own note away. A backend that is no folder has that one only. `settled`: the run looked at everything, or left nothing.
 */
export function noteUncertainChanges(stack: Stack, settled: boolean): void {
  const states = StateFolder.of(stack.root, stack.environment);
  if (states === undefined) return;
  const note = noteOf(states, stack);
  if (states.hasInitErrors(stack.stack) === true) {
    mkdirSync(dirname(note), { recursive: true, mode: 0o700 });
    writeFileSync(note, "", { mode: 0o600 });
  } else if (settled) rmSync(note, { force: true });
}

function noteOf({ folder }: StateFolder, { stack }: Stack): string {
  return join(folder, ".tenantry", "uncertain", stack);
}

/** False where there is no stack yet; any other trouble is the run's own to tell. */
async function isNotedByEngine(stack: Stack): Promise<boolean> {
  try {
    return hasInitErrors((await exportState(stack)).deployment);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
