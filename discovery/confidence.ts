import type { Evidence } from "./evidence.ts";

/** From which confidence on a business unit is drafted, unless somebody says otherwise. */
export const defaultThreshold = 0.8;

/** Nothing is ever certain. */
export const highest = 0.99;

/** What hints come to at most, however many there are: below the threshold, because what only belongs to a unit gives them too. */
export const highestOfHints = 0.7;

/**
 * How sure all the evidence for one unit makes us, from 0 to 0.99, in steps of 0.0001.
 *
 * Each detector counts once, by its strongest evidence: ten topics are not ten reasons. They are put together by noisy-or,
 * 1 − (1 − a)(1 − b)…: the unit is no unit only if every reason is wrong. Hints never make more of it than one piece of
 * evidence of 0.7 would.
 */
export function confidence(evidence: readonly Evidence[]): number {
  const all = noisyOr(strongest(evidence));
  const stated = strongest(evidence.filter(({ strength }) => strength === "statement"));
  const sure = Math.min(all, noisyOr([...stated, highestOfHints]), highest);
  return Math.round(sure * 10_000) / 10_000;
}

/** The greatest weight of each detector. */
function strongest(evidence: readonly Evidence[]): number[] {
  const weights = new Map<string, number>();
  for (const { detector, weight } of evidence)
    weights.set(detector, Math.max(weights.get(detector) ?? 0, weight));
  return [...weights.values()];
}

/** Sorted first: floating-point products depend on their order. */
function noisyOr(weights: readonly number[]): number {
  return 1 - weights.toSorted((a, b) => a - b).reduce((wrong, weight) => wrong * (1 - weight), 1);
}
