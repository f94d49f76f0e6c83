import type { ReportedRun } from "../fleet/read-report.ts";
import { whom } from "./change-parts.ts";
import { count } from "../report/count.ts";
import type { Part } from "./fit.ts";
import type { SharedProblem } from "./group-problems.ts";
import { fence } from "./markdown.ts";

type Place = SharedProblem["places"][number];

const shownPlaces = 50;

/** What went wrong, a part for all to whom the same did, each with its place in the files. */
export function problemParts(heading: string, problems: readonly SharedProblem[], kind = "problem"): Part[] {
  return problems.map(({ system, message, fix, places }) => {
    const tenants = [...new Set(places.map(({ tenant }) => tenant))];
    const said = `${system === undefined ? "" : `${system}: `}${message}`;
    const more = places.length - shownPlaces;
    const lines = [
      ...said.split("\n"),
      ...(fix === undefined ? [] : `fix: ${fix}`.split("\n")),
      ...places.slice(0, shownPlaces).map((place) => `  ${placeText(place)}`),
      ...(more > 0 ? [`  and ${count(more, "more place")}`] : []),
    ];
    return {
      heading,
      text: fence("text", lines),
      short: `<p>${whom(tenants)}: too long to be shown here</p>`,
      kind,
      tenants,
    };
  });
}

function placeText({ tenant, position, resource }: Place): string {
  const where = position && `${position.file}:${position.line}:${position.column}`;
  return [tenant, where, resource].filter((part) => part !== undefined).join("  ");
}

/** What is wrong with files that are no tenant's. */
export function fileParts(heading: string, problems: ReportedRun["problems"]): Part[] {
  return problems.map(({ file, line, column, path, message }) => ({
    heading,
    text: fence("text", [`${file}:${line}:${column} ${path === "" ? "" : `${path}: `}${message}`]),
    short: "<p>A file can't be read.</p>",
    kind: "problem",
    tenants: [],
  }));
}
