import pLimit, { type LimitFunction } from "p-limit";

const limits = new Map<string, LimitFunction>();

/** Does some work after everything else of this process on the same thing: commits to one repository refuse each other. */
export function oneAtATime<T>(thing: string, work: () => Promise<T>): Promise<T> {
  const limit = limits.get(thing) ?? pLimit(1);
  limits.set(thing, limit);
  return limit(work);
}
