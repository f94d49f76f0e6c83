import { assess, type Candidate } from "./assess.ts";
import { confidence } from "./confidence.ts";
import type { Facts, Repository, Workspace } from "./facts.ts";
import { passedOver } from "./passed-over.ts";
import { subjects } from "./subjects.ts";
import { fingerprint } from "./unit-id.ts";

/** A business unit, by enough evidence. */
export interface Unit extends Pick<Candidate, "confidence" | "evidence" | "against"> {
  readonly id: string;
  /** Where its infrastructure is; undefined when only workspaces tell of it. */
  readonly repository: Repository | undefined;
  readonly workspaces: readonly Workspace[];
  /** Other repositories that are taken for this unit's infrastructure too. */
  readonly duplicates: readonly Candidate[];
}

/** A repository that was not looked at, although something about it says business unit. */
export interface PassedOver {
  readonly repository: Repository;
  readonly unit: string | undefined;
  readonly why: string;
}

export interface Finds {
  readonly units: readonly Unit[];
  /** Some evidence, but not enough of it, or it names no one unit. Not those of units that were found. */
  readonly possible: readonly Candidate[];
  readonly passedOver: readonly PassedOver[];
}

/** Finds the business units among what was read. It reads nothing itself, and knows no names. */
export function findUnits(facts: Omit<Facts, "unread">, threshold: number): Finds {
  const all = subjects(facts).map((subject) => ({
    candidate: assess(subject),
    why: subject.repository && passedOver(subject.repository),
  }));
  const candidates = all.flatMap(({ candidate, why }) => (why === undefined ? [candidate] : []));
  const units = byUnit(candidates)
    .map(asUnit)
    .filter((unit) => unit.confidence >= threshold)
    .map((unit) => ({ ...unit, duplicates: unit.duplicates.filter((each) => each.confidence >= threshold) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const found = new Set(units.map(({ id }) => fingerprint(id)));
  return {
    units,
    possible: candidates
      .filter(({ unit, evidence }) =>
        unit === undefined ? evidence.some(isMarked) : !found.has(fingerprint(unit)),
      )
      .sort((a, b) => b.confidence - a.confidence),
    passedOver: all.flatMap(({ candidate: { subject, unit, evidence }, why }) =>
      why === undefined || subject.repository === undefined || !evidence.some(isMarked)
        ? []
        : [{ repository: subject.repository, unit, why }],
    ),
  };
}

/** Files alone are no sign of a unit. */
const isMarked = ({ detector }: { readonly detector: string }): boolean => detector !== "file-structure";

function byUnit(candidates: readonly Candidate[]): readonly (readonly [Candidate, ...Candidate[]])[] {
  const groups = new Map<string, [Candidate, ...Candidate[]]>();
  for (const candidate of candidates) {
    if (candidate.unit === undefined) continue;
    const group = groups.get(fingerprint(candidate.unit));
    if (group === undefined) groups.set(fingerprint(candidate.unit), [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()];
}

/** The surest candidate's repository is the unit's. Workspaces that run no repository speak for it too. */
function asUnit(group: readonly [Candidate, ...Candidate[]]): Unit {
  const first = group.reduce(surer);
  const rest = group.filter((each) => each !== first);
  const alone = rest.filter(({ subject }) => subject.repository === undefined);
  const evidence = [first, ...alone].flatMap((each) => each.evidence);
  return {
    id: first.unit ?? "",
    confidence: confidence(evidence),
    evidence,
    against: first.against,
    repository: first.subject.repository,
    workspaces: [first, ...alone]
      .flatMap(({ subject }) => subject.workspaces)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    duplicates: rest.filter(({ subject }) => subject.repository !== undefined),
  };
}

/** Of two that are as sure, the one with a repository, then the one whose name comes first. */
function surer(a: Candidate, b: Candidate): Candidate {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence ? a : b;
  const [left, right] = [a.subject.repository, b.subject.repository];
  if ((left === undefined) !== (right === undefined)) return left === undefined ? b : a;
  return nameOf(a) <= nameOf(b) ? a : b;
}

function nameOf({ subject: { repository, workspaces } }: Candidate): string {
  return repository?.name ?? workspaces[0]?.name ?? "";
}
