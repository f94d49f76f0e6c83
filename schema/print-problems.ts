import { styleText } from "node:util";
import type { Problem } from "./problem.ts";

/** The text of a line of a file, or undefined when it can't be shown. */
export type LineOf = (file: string, line: number) => string | undefined;

/** Writes problems for people: a line each, and in a terminal the source line with a caret. */
export function printProblems(
  problems: readonly Problem[],
  stream: NodeJS.WriteStream,
  lineOf: LineOf,
): void {
  const style = (format: "bold" | "red" | "cyan" | "dim", text: string): string =>
    styleText(format, text, { stream });
  for (const problem of problems) {
    const place = style("bold", `${problem.file}:${problem.line}:${problem.column}`);
    const path = problem.path === "" ? "" : ` ${style("cyan", problem.path)}`;
    const text = path === "" ? `: ${problemText(problem)}` : `${path}: ${problemText(problem)}`;
    stream.write(`${place}${text}\n`);
    const source = stream.isTTY ? excerpt(problem, lineOf) : undefined;
    if (source !== undefined) stream.write(`${style("dim", source.text)}\n${style("red", source.caret)}\n`);
  }
}

/** The sentence with what is allowed, what was meant, and the other place. */
export function problemText({ message, allowed, suggestion, related }: Problem): string {
  return [
    message,
    ...(allowed === undefined || allowed.length === 0 ? [] : [`allowed: ${allowed.join(", ")}`]),
    ...(suggestion === undefined ? [] : [`did you mean ${suggestion}?`]),
    ...(related === undefined ? [] : [`see ${related.file}:${related.line}:${related.column}`]),
  ].join("; ");
}

/** The widest part of a line that is shown. */
const width = 100;

function excerpt(problem: Problem, lineOf: LineOf): { text: string; caret: string } | undefined {
  const line = lineOf(problem.file, problem.line);
  if (line === undefined || problem.found === "(hidden)") return undefined;
  const cut = Math.max(0, problem.column - width + 20);
  const shown = withoutSecrets(line, problem)
    .slice(cut, cut + width)
    .replaceAll("\t", " ");
  return { text: `    ${shown}`, caret: `    ${" ".repeat(problem.column - 1 - cut)}^` };
}

/** Cuts a line after a key that is unknown or sounds like a secret: the value may be one. */
function withoutSecrets(line: string, problem: Problem): string {
  const cut =
    /(?:secret|password|passwd|token|credential|key)\w*["']?\s*:(?!\s*env:[A-Z][A-Z0-9_]*\s*(?:$|[,}#]))/i.exec(
      line,
    );
  const from = cut === null ? line.length : cut.index + cut[0].length;
  const unknown =
    problem.code === "unknown-key" ? problem.column - 1 + (problem.found?.length ?? 0) + 1 : line.length;
  const end = Math.min(from, Math.max(unknown, 0));
  return end < line.length ? `${line.slice(0, end)} …` : line;
}
