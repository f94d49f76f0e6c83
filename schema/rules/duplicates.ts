import type { Finding } from "../finding.ts";
import type { Path } from "../problem.ts";

/** A value that must be the only one of its kind, and where it is. */
export interface Named {
  readonly value: string | undefined;
  readonly path: Path;
}

/** Finds each value that is there before, and points at the first one too. */
export function duplicates(what: string, values: readonly Named[]): Finding[] {
  const first = new Map<string, Path>();
  const findings: Finding[] = [];
  for (const { value, path } of values) {
    if (value === undefined) continue;
    const relatedPath = first.get(value);
    if (relatedPath === undefined) {
      first.set(value, path);
      continue;
    }
    findings.push({
      code: "duplicate",
      message: `${JSON.stringify(value)} is there twice; every ${what} must be different`,
      path,
      found: JSON.stringify(value),
      relatedPath,
    });
  }
  return findings;
}
