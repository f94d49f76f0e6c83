import type { Subject } from "./facts.ts";

/** Where something was read, so that a reader can look there. */
export interface Source {
  readonly system: "GitHub" | "Terraform Cloud";
  /** The repository or workspace, with its organization. */
  readonly place: string;
  /** `name`, `topics`, `catalog-info.yaml`, … */
  readonly field: string;
}

/** One reason to take a repository for the place where a business unit's infrastructure is. */
export interface Evidence {
  readonly detector: DetectorName;
  /** The unit's id; undefined where it speaks for whichever unit the others name. */
  readonly unit: string | undefined;
  /** How often it is right when it stands alone, from 0 to 1. */
  readonly weight: number;
  /**
   * It says that this is a unit's infrastructure; a hint only fits. What belongs to a unit (an application, say) gives hints,
   * too, so all hints together never make a unit.
   */
  readonly strength: "statement" | "hint";
  /** What was found, as one phrase. */
  readonly found: string;
  readonly source: Source;
}

export const detectorNames = [
  "naming",
  "topics",
  "catalog-info",
  "workspace-tags",
  "state-outputs",
  "file-structure",
] as const;
export type DetectorName = (typeof detectorNames)[number];

/** Looks at a repository with its workspaces, and at nothing else. */
export type Detector = (subject: Subject) => readonly Evidence[];

/** Where evidence was read, in a line: `GitHub acme/finance: topics`. */
export function sourceText({ system, place, field }: Source): string {
  return `${system} ${place}: ${field}`;
}
