import { Failure } from "../report/failure.ts";
import { pulumi } from "./pulumi.ts";
import { recoverPendingCreates, type IdFinder } from "./recover.ts";
import { runEngine, type EngineResult, type EngineRun } from "./run-engine.ts";
import { isAbandoned, locksIn } from "./stack-lock.ts";
import { StackReport, type ResourceStep } from "./stack-report.ts";

export interface StackRun extends Omit<EngineRun, "onEvent"> {
  /** Finds what an interrupted create made on the server. */
  readonly findId: IdFinder;
  readonly onStep: (step: ResourceStep) => void;
  /** Says in a sentence what is done to get a stack going again. */
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
  for (let attempt = 1; ; attempt += 1) {
    const report = new StackReport(run.onStep);
    const result = await runEngine({ ...run, onEvent: (event) => report.add(event) });
    const tryAgain = attempt < 4 && !result.cancelled && (await mend(run, result, report));
    if (!tryAgain || result.exitCode === 0) return { ...result, report };
  }
}

/** Removes what kept a run from starting or going through, or what it left over. False: there was nothing to mend. */
async function mend(run: StackRun, { stderr }: EngineResult, report: StackReport): Promise<boolean> {
  if (/no stack named '.*' found/.test(stderr)) {
    await pulumi(["stack", "init", run.stack], run);
    return true;
  }
  if (/currently locked|Another update is currently in progress/.test(stderr)) {
    await takeAbandonedLock(run, stderr);
    if (run.operation !== "preview") await recoverPendingCreates(run);
    return true;
  }
  return report.pendingOperations && run.operation !== "preview" && (await recoverPendingCreates(run)) > 0;
}

async function takeAbandonedLock(run: StackRun, stderr: string): Promise<void> {
  const locks = locksIn(stderr);
  const held = locks.find((lock) => !isAbandoned(lock));
  if (held ?? locks.length === 0) {
    const holder = held ? ` by ${held.user}@${held.host} (process ${held.pid}) since ${held.since}` : "";
    throw new Failure("stack-locked", `stack ${run.stack} is locked${holder}`, {
      fix: `wait for that run to end; if it is certainly gone: npx tenantry shell -- pulumi cancel --yes --stack ${run.stack}`,
    });
  }
  run.onNote("a former run was killed and left the stack locked: taking the lock away and going on");
  await pulumi(["cancel", "--yes", "--stack", run.stack], run);
}
