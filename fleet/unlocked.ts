import { Failure } from "../report/failure.ts";
import { pulumi, type PulumiContext } from "./pulumi.ts";
import { isAbandoned, locksIn } from "./stack-lock.ts";

interface LockedStack extends PulumiContext {
  readonly stack: string;
  readonly onNote: (note: string) => void;
}

/**
 * Does what changes a stack's state. The lock of an engine that was killed doesn't stand in its way. Throws a
 * {@link Failure} `stack-locked` when another run is at work.
 */
export async function unlocked<T>(stack: LockedStack, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure && isLocked(error.message))) throw error;
    await takeAbandonedLock(stack, error.message);
    return work();
  }
}

/** Whether the engine refused because of a lock. */
export function isLocked(text: string): boolean {
  return /currently locked|Another update is currently in progress/.test(text);
}

/** Takes the lock that the engine's refusal names away, if its run is certainly over; else throws `stack-locked`. */
export async function takeAbandonedLock(stack: LockedStack, refusal: string): Promise<void> {
  const locks = locksIn(refusal);
  const held = locks.find((lock) => !isAbandoned(lock));
  if (held ?? locks.length === 0) {
    const holder = held ? ` by ${held.user}@${held.host} (process ${held.pid}) since ${held.since}` : "";
    throw new Failure("stack-locked", `stack ${stack.stack} is locked${holder}`, {
      fix: `wait for that run to end; if it is certainly gone: npx tenantry shell -- pulumi cancel --yes --stack ${stack.stack}`,
    });
  }
  stack.onNote("a former run was killed and left the stack locked: taking the lock away and going on");
  await pulumi(["cancel", "--yes", "--stack", stack.stack], stack);
}
