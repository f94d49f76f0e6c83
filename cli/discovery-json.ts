import type { Candidate } from "../discovery/assess.ts";
import type { DiscoveryReport, Outcome } from "../discovery/discover-units.ts";

/** What `tenantry discover --json` prints. */
export function discoveryJson(report: DiscoveryReport): unknown {
  const { units, possible, passedOver, ...rest } = report;
  return {
    ...rest,
    units: units.map(unitJson),
    possible: possible.map(candidateJson),
    passedOver: passedOver.map(({ repository, unit, why }) => ({
      repository: repository.fullName,
      unit,
      why,
    })),
  };
}

function unitJson(outcome: Outcome): unknown {
  const { id, confidence, repository, workspaces, evidence, against, duplicates } = outcome.unit;
  return {
    id,
    confidence,
    ...stateJson(outcome),
    repository: repository?.fullName,
    workspaces: workspaces.map(({ fullName }) => fullName),
    evidence,
    against,
    duplicates: duplicates.map(candidateJson),
  };
}

function stateJson(outcome: Outcome): object {
  if (outcome.state === "tenant") return { state: "tenant", ...outcome.tenant };
  if (outcome.state === "invalid") return { state: "invalid", problems: outcome.problems };
  const { written, path, quality } = outcome;
  return { state: written ? "drafted" : "exists", file: path, quality };
}

function candidateJson({ subject, unit, confidence, evidence }: Candidate): unknown {
  const { repository, workspaces } = subject;
  return {
    repository: repository?.fullName,
    workspaces: workspaces.map(({ fullName }) => fullName),
    unit,
    confidence,
    evidence,
  };
}
