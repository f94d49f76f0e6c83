import { relative } from "node:path";
import { styleText } from "node:util";
import type { Candidate } from "../discovery/assess.ts";
import type { DiscoveryReport, Outcome } from "../discovery/discover-units.ts";
import { count } from "../report/count.ts";
import { problemText } from "../schema/print-problems.ts";

/** Prints what was found, for people. */
export function printDiscovery(report: DiscoveryReport): void {
  const { units, possible, passedOver, unread, repositories, workspaces, threshold } = report;
  console.log(`${count(repositories, "repository")}, ${count(workspaces, "workspace")} looked at\n`);
  const width = Math.max(0, ...units.map(({ unit }) => unit.id.length));
  section(
    `${count(units.length, "business unit")}, each by a confidence of ${percent(threshold)} or more`,
    units.flatMap((each) => unitLines(each, width)),
  );
  section("Perhaps: there is not enough evidence", possible.map(candidateLine));
  section(
    "Passed over",
    passedOver.map(({ repository, why }) => `${repository.fullName}: ${why}`),
  );
  section(
    "Could not be read",
    unread.map(({ what, why }) => `${what}: ${why}`),
  );
  console.log(summary(units));
}

function section(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(styleText("bold", title, { stream: process.stdout }));
  // What others wrote could steer a terminal.
  for (const line of lines) console.log(`  ${line.replaceAll(/\p{Cc}+/gu, " ")}`);
  console.log();
}

function unitLines(outcome: Outcome, width: number): string[] {
  const { id, confidence, repository, workspaces, against, duplicates } = outcome.unit;
  const place = repository?.fullName ?? workspaces.map(({ fullName }) => fullName).join(", ");
  return [
    `${id.padEnd(width)}  ${percent(confidence)}  ${place}: ${stateText(outcome)}`,
    ...duplicates.map((each) => `  a duplicate? ${candidateLine(each)}`),
    ...against.map(({ found, source }) => `  another unit by ${source.place}: ${found}`),
    ...(outcome.state === "invalid"
      ? outcome.problems.map((problem) => `  ${problem.path}: ${problemText(problem)}`)
      : []),
  ];
}

function stateText(outcome: Outcome): string {
  if (outcome.state === "tenant")
    return `a tenant already, ${outcome.tenant.tenant} in ${outcome.tenant.file}`;
  if (outcome.state === "invalid") return "not drafted: its file would not be valid";
  const path = relative(process.cwd(), outcome.path);
  if (!outcome.written) return `${path} is there already, and was left as it is`;
  const { score, missing } = outcome.quality;
  const lacks = missing.map(({ what }) => what).join(", ");
  return `${path}, ${percent(score)} complete${lacks && `: lacks ${lacks}`}`;
}

function candidateLine({ subject, unit, confidence, evidence }: Candidate): string {
  const { repository, workspaces } = subject;
  const place = repository?.fullName ?? workspaces[0]?.fullName ?? "";
  const reasons = evidence.map(({ found }) => found).join("; ");
  return `${place}: ${unit ?? "which unit?"}, ${percent(confidence)}: ${reasons}`;
}

function summary(units: readonly Outcome[]): string {
  const written = units.filter((each) => each.state === "new" && each.written).length;
  if (written === 0) return "No draft was written.";
  return `${count(written, "draft")} written. Complete and check: npx tenantry validate <file>. Then move to tenants/.`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
