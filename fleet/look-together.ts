import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stringify } from "yaml";
import { RefreshReport } from "./refresh-report.ts";
import { runEngine, type EngineRun } from "./run-engine.ts";
import type { StackResult } from "./run-stack.ts";
import { StackReport } from "./stack-report.ts";
import { keySettings, mergeStates, type StackState } from "./stack-state.ts";
import { StateFolder } from "./state-folder.ts";

interface Look extends Pick<EngineRun, "root" | "environment" | "lifeline" | "interruption"> {
  /** By the stacks' names. Their secrets are encrypted by the same key. */
  readonly states: ReadonlyMap<string, StackState>;
  readonly onStarted: (stack: string) => void;
  /** Isn't called for a stack that couldn't be seen whole. */
  readonly onEnded: (stack: string, result: StackResult) => void;
}

/** The stack that all others are put into. */
const together = "together";

/**
 * Looks at the systems for what isn't as deployed: one engine refreshes many stacks, runs no program, and changes neither
 * systems nor states. It is given a copy of the states as one stack, in a folder that goes away again; secrets stay encrypted.
 */
export async function lookTogether(look: Look): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-drift-"));
  try {
    await refresh(look, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function refresh({ states, onStarted, onEnded, ...look }: Look, folder: string): Promise<void> {
  const environment = { ...look.environment, PULUMI_BACKEND_URL: pathToFileURL(folder).href };
  const merged = mergeStates([...states.values()]);
  StateFolder.of(look.root, environment)?.put(together, merged);
  const config = join(folder, "config.yaml");
  writeFileSync(config, stringify(keySettings(merged) ?? {}), { mode: 0o600 });

  const open = new Set(states.keys());
  const end = (stack: string, result: StackResult): void => {
    open.delete(stack);
    onEnded(stack, result);
  };
  const report = new RefreshReport(states, (stack, phase) => {
    if (phase === "started") {
      onStarted(stack);
      return;
    }
    const seen = report.of(stack);
    // Where something was said, more may follow.
    if (seen?.diagnostics.length === 0)
      end(stack, { exitCode: 0, cancelled: false, stderr: "", report: seen });
  });
  const { cancelled, stderr } = await runEngine({
    ...look,
    environment,
    operation: "refresh",
    stack: together,
    flags: ["--config-file", config],
    onEvent: (event) => report.add(event),
  });
  for (const stack of open) {
    const seen = report.of(stack);
    const failed = seen?.diagnostics.some(({ severity }) => severity === "error") ?? true;
    if (seen !== undefined) end(stack, { exitCode: failed ? 1 : 0, cancelled: false, stderr, report: seen });
    else if (cancelled) end(stack, { exitCode: 1, cancelled, stderr, report: new StackReport() });
  }
}
