import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { confidence, defaultThreshold, highest, highestOfHints } from "../../../discovery/confidence.ts";
import { detectorNames, type Evidence } from "../../../discovery/evidence.ts";

const evidence = fc.record<Evidence>({
  detector: fc.constantFrom(...detectorNames),
  unit: fc.constantFrom("finance", undefined),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  strength: fc.constantFrom("statement", "hint"),
  found: fc.constant(""),
  source: fc.constant({ system: "GitHub", place: "", field: "" }),
});
const some = fc.array(evidence, { maxLength: 12 });

const one = (detector: Evidence["detector"], strength: Evidence["strength"], weight: number): Evidence => ({
  ...{ detector, strength, weight, unit: "finance", found: "" },
  source: { system: "GitHub", place: "", field: "" },
});

describe("the confidence of evidence", () => {
  test("is bounded, and nothing is none", () => {
    expect(confidence([])).toBe(0);
    fc.assert(
      fc.property(some, (all) => {
        const sure = confidence(all);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(highest);
      }),
    );
  });

  test("never falls by more evidence", () => {
    fc.assert(
      fc.property(some, evidence, (all, more) => {
        expect(confidence([...all, more])).toBeGreaterThanOrEqual(confidence(all));
      }),
      { numRuns: 2_000 },
    );
  });

  test("never falls by evidence of greater weight", () => {
    fc.assert(
      fc.property(some, evidence, fc.double({ min: 0, max: 1, noNaN: true }), (all, each, weight) => {
        const heavier = { ...each, weight: Math.max(each.weight, weight) };
        expect(confidence([...all, heavier])).toBeGreaterThanOrEqual(confidence([...all, each]));
      }),
      { numRuns: 2_000 },
    );
  });

  test("doesn't depend on the order", () => {
    fc.assert(
      fc.property(
        some.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(confidence(shuffled)).toBe(confidence(all));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("doesn't grow by the same evidence again, nor by weaker of the same detector", () => {
    fc.assert(
      fc.property(some, (all) => {
        expect(confidence([...all, ...all])).toBe(confidence(all));
        expect(confidence([...all, ...all.map((each) => ({ ...each, weight: each.weight / 2 }))])).toBe(
          confidence(all),
        );
      }),
    );
  });

  test("hints alone never make a unit", () => {
    expect(highestOfHints).toBeLessThan(defaultThreshold);
    fc.assert(
      fc.property(some, (all) => {
        const hints = all.map((each) => ({ ...each, strength: "hint" as const }));
        expect(confidence(hints)).toBeLessThanOrEqual(highestOfHints);
      }),
    );
  });
});

test.each([
  [0.9, [one("naming", "statement", 0.9)]],
  [0.88, [one("workspace-tags", "statement", 0.7), one("topics", "hint", 0.6)]],
  [0.88, [one("workspace-tags", "statement", 0.7), one("state-outputs", "statement", 0.6)]],
  [0.8, [one("catalog-info", "statement", 0.8), one("catalog-info", "hint", 0.4)]],
  [0.7, [one("topics", "hint", 0.6), one("file-structure", "hint", 0.3), one("catalog-info", "hint", 0.4)]],
  [
    0.99,
    [
      one("naming", "statement", 0.9),
      one("catalog-info", "statement", 0.8),
      one("workspace-tags", "statement", 0.7),
    ],
  ],
])("%d, as the documentation says", (expected, all) => {
  expect(confidence(all)).toBe(expected);
});
