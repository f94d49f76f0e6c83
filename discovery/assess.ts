import { confidence } from "./confidence.ts";
import { detectors } from "./detectors.ts";
import type { Evidence } from "./evidence.ts";
import type { Subject } from "./facts.ts";
import { fingerprint } from "./unit-id.ts";

/** What a repository with its workspaces is taken for. */
export interface Candidate {
  readonly subject: Subject;
  /** The unit that most speaks for; undefined where nothing names one, or two are named alike. */
  readonly unit: string | undefined;
  /** How sure the evidence for that unit is, or, where no unit is named, the rest. */
  readonly confidence: number;
  /** All that speaks for that unit, the strongest first. */
  readonly evidence: readonly Evidence[];
  /** Statements that name other units. */
  readonly against: readonly Evidence[];
  /** What names so many units that it says nothing of this repository: a catalog of all Domains, a workspace a unit. */
  readonly void: readonly Evidence[];
}

/** Weighs what the detectors find. */
export function assess(subject: Subject): Candidate {
  const found = detectors.flatMap((detect) => detect(subject));
  const none = found.filter((evidence) => isOneOfMany(evidence, found));
  const counted = found.filter((evidence) => !none.includes(evidence));
  const named = new Map(
    counted.flatMap(({ unit }) => (unit === undefined ? [] : [[fingerprint(unit), unit]])),
  );
  const ranked = [...named.keys()]
    .map((unit) => ({ unit, evidence: forUnit(unit, counted) }))
    .map((each) => ({ ...each, confidence: confidence(each.evidence) }))
    .sort((a, b) => b.confidence - a.confidence || inName(b.unit, subject) - inName(a.unit, subject));
  const [best, next] = ranked;
  const decided =
    best !== undefined &&
    (best.confidence > (next?.confidence ?? 0) ||
      inName(best.unit, subject) > inName(next?.unit ?? "", subject));
  const evidence = (decided ? best.evidence : counted).toSorted((a, b) => b.weight - a.weight);
  return {
    subject,
    unit: decided ? spelling(evidence) : undefined,
    confidence: best?.confidence ?? confidence(counted),
    evidence,
    against: decided
      ? counted.filter((each) => each.strength === "statement" && !evidence.includes(each))
      : [],
    void: none,
  };
}

/** Whether the detector of a statement names more than one unit. */
function isOneOfMany({ detector, strength }: Evidence, all: readonly Evidence[]): boolean {
  if (strength === "hint") return false;
  const units = all.filter((each) => each.detector === detector && each.strength === "statement");
  return new Set(units.map(({ unit = "" }) => fingerprint(unit))).size > 1;
}

function forUnit(print: string, all: readonly Evidence[]): Evidence[] {
  return all.filter(({ unit }) => unit === undefined || fingerprint(unit) === print);
}

/** 1 when a unit is one of the words in the repository's name: `finance` in `finance-platform`. */
function inName(print: string, { repository }: Subject): number {
  const words = (repository?.name ?? "").split(/[^a-z0-9]+/i).map(fingerprint);
  const runs = words.flatMap((_word, start) =>
    words.map((_other, end) => words.slice(start, end + 1).join("")),
  );
  return print !== "" && runs.includes(print) ? 1 : 0;
}

/** The id as the strongest evidence spells it, with most hyphens where several are as strong. */
function spelling(evidence: readonly Evidence[]): string | undefined {
  const named = evidence.filter(({ unit }) => unit !== undefined);
  const weight = named[0]?.weight;
  const spelt = named.filter((each) => each.weight === weight).flatMap(({ unit }) => unit ?? []);
  return spelt.sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
}
