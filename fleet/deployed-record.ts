import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { StateFolder } from "./state-folder.ts";
import { inputsDigest, type TenantInputs } from "./tenant-inputs.ts";

const record = z.object({
  digest: z.string(),
  /** The state's fingerprint after that deployment. */
  state: z.string(),
  /** ISO 8601. */
  at: z.string(),
  rest: z.string(),
  tenant: z.record(z.string(), z.unknown()),
});

/** What was deployed last, and that nothing was done to the stack since. */
export type Deployed = z.output<typeof record>;

/**
 * Reads what `recordDeployed` kept with a stack. Undefined when there is nothing, or when anything at all happened to the
 * stack since: another run, by whatever means and from whatever machine, leaves another state.
 */
export function readDeployed(states: StateFolder, stack: string): Deployed | undefined {
  const known = readRecord(fileOf(states, stack));
  return known !== undefined && known.state === states.fingerprint(stack) ? known : undefined;
}

/** Keeps with a stack what was deployed just now. Losing it costs a run of the engine, nothing else. */
export function recordDeployed(states: StateFolder, stack: string, inputs: TenantInputs): void {
  const state = states.fingerprint(stack);
  if (state === undefined) return;
  const file = fileOf(states, stack);
  const known: Deployed = { digest: inputsDigest(inputs), state, at: new Date().toISOString(), ...inputs };
  mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
  // Two runs may end at once: each file is whole.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(known), { mode: 0o600 });
  renameSync(draft, file);
}

/** Beside the states, so that everyone who shares those shares this. */
function fileOf({ folder }: StateFolder, stack: string): string {
  return join(folder, ".tenantry", "deployed", `${stack}.json`);
}

function readRecord(file: string): Deployed | undefined {
  try {
    return record.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}
