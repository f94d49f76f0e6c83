import { Interruption } from "./interruption.ts";
import { makeStack } from "./make-stack.ts";
import { hasUncertainChanges, noteUncertainChanges } from "./uncertain-changes.ts";
import { pulumi } from "./pulumi.ts";
import type { PendingCreate } from "./export-state.ts";
import { settlePending, takeIn, type IdFinder } from "./recover.ts";
import { killed, runEngine, type EngineResult, type EngineRun } from "./run-engine.ts";
import { StackReport, type ResourceStep } from "./stack-report.ts";
import { StateFolder } from "./state-folder.ts";
import { isLocked, takeAbandonedLock, unlocked } from "./unlocked.ts";

export interface StackRun extends Omit<EngineRun, "onEvent" | "interruption"> {
  /** Of a run of many stacks; a stack alone listens for itself. */
  readonly interruption?: Interruption | undefined;
  /** Finds what an interrupted create made on the server. */
  readonly findId: IdFinder;
  readonly onStep: (step: ResourceStep) => void;
  /** Says in a sentence what is done beside the resources. */
  readonly onNote: (note: string) => void;
}

export interface StackResult extends EngineResult {
  readonly report: StackReport;
}

/**
 * Runs an operation on one stack, and first whatever a former run left undone: a stack that doesn't exist yet is made,
 * the lock of a run that was killed is taken away, and what it was creating when it died is looked up and taken in.
 *
 * Throws a {@link Failure} `stack-locked` when another run is at work.
 */
export async function runStack(run: StackRun): Promise<StackResult> {
  const shared = run.interruption;
  if (shared?.happened) return { exitCode: killed, cancelled: true, stderr: "", report: new StackReport() };
  if (shared) return untilSettled(run, shared);
  const interruption = new Interruption((count) => {
    run.onNote(
      count === 1 ? "letting running operations end; Ctrl-C again stops at once" : "stopping at once",
    );
  });
  try {
    return await untilSettled(run, interruption);
  } finally {
    interruption.close();
  }
}

async function untilSettled(given: StackRun, interruption: Interruption): Promise<StackResult> {
  StateFolder.of(given.root, given.environment)?.mend(given.stack);
  const run = { ...given, refresh: given.refresh === true || (await mustRefresh(given)) };
  const result = await withRemedies(run, interruption);
  const settled = result.exitCode === 0 && (run.refresh || run.operation === "destroy");
  if (run.operation !== "preview") noteUncertainChanges(run, settled);
  return result;
}

async function mustRefresh(run: StackRun): Promise<boolean> {
  if (run.operation === "destroy" || !(await hasUncertainChanges(run))) return false;
  run.onNote(
    "a change failed in a former run, and nobody knows how far it got: looking at the servers first",
  );
  return true;
}

async function withRemedies(run: StackRun, interruption: Interruption): Promise<StackResult> {
  if (run.operation === "destroy") await readyToDestroy(run, interruption);
  let forgotten: readonly PendingCreate[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const report = new StackReport(run.onStep);
    const result = await runEngine({ ...run, interruption, onEvent: (event) => report.add(event) });
    const ended = { ...result, report };
    if (run.operation === "preview" && report.pendingOperations) run.onNote(outdated);
    if (attempt === 4 || result.cancelled) return ended;

    const remedy = remedyFor(ended, run.operation, forgotten);
    if (remedy === undefined) return ended;
    forgotten = await remedies[remedy](run, ended, forgotten);
    if (interruption.happened) return { ...ended, cancelled: true };
  }
}

/** Said of a stack that a killed run left. */
export const outdated =
  "a former run was killed at work: what it was changing may be shown wrong until the next up, which looks at it";

/**
 * What a killed run was making has to be in the state before it can be destroyed: what can't be looked up on a server is
 * made once more, because a resource of ours recognises its own work. Then nothing is protected any more.
 */
async function readyToDestroy(run: StackRun, interruption: Interruption): Promise<void> {
  const forgotten = await unlocked(run, () => settlePending(run));
  if (forgotten.length > 0) {
    const targets = forgotten.flatMap(({ urn }) => ["--target", urn]);
    const flags = ["--continue-on-error", ...targets];
    await runEngine({ ...run, operation: "up", flags, interruption, onEvent: () => undefined });
    await unlocked(run, () => takeIn(forgotten, run));
  }
  await unlocked(run, () => pulumi(["state", "unprotect", "--all", "--yes", "--stack", run.stack], run));
}

/** What a run ran into, or left over, that can be put in order. */
type Remedy = "make the stack" | "take the lock" | "settle creates" | "look again";

function remedyFor(
  { exitCode, stderr, report }: StackResult,
  operation: StackRun["operation"],
  forgotten: readonly PendingCreate[],
): Remedy | undefined {
  if (/no stack named '.*' found/.test(stderr)) return "make the stack";
  if (isLocked(stderr)) return "take the lock";
  if (operation === "preview") return undefined;
  if (report.pendingOperations) return "settle creates";
  return exitCode !== 0 && forgotten.length > 0 ? "look again" : undefined;
}

type Mend = (
  run: StackRun,
  result: StackResult,
  forgotten: readonly PendingCreate[],
) => Promise<readonly PendingCreate[]>;

/** Each gives the creates whose outcome isn't known yet. */
const remedies: Readonly<Record<Remedy, Mend>> = {
  "make the stack": async (run) => {
    await makeStack(run);
    return [];
  },
  "take the lock": async (run, { stderr }) => {
    await takeAbandonedLock(run, stderr);
    return run.operation === "preview" ? [] : unlocked(run, () => settlePending(run));
  },
  "settle creates": (run) => unlocked(run, () => settlePending(run)),
  // The server was still at work when we looked: what it made stands in the way now.
  "look again": async (run, _result, forgotten) => {
    await unlocked(run, () => takeIn(forgotten, run));
    return [];
  },
};
