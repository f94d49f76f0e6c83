import { styleText } from "node:util";
import { hidden, isSecret } from "./explain-issue.ts";
import { allKeys } from "./model-at.ts";
import type { Problem } from "./problem.ts";
import { tenant } from "./tenant.ts";

/** The text of a line of a file, or undefined when it can't be shown. */
export type LineOf = (file: string, line: number) => string | undefined;

/** Where problems are printed: a terminal gets colours and source lines. */
export interface Terminal {
  readonly isTTY: boolean;
  write(text: string): boolean;
}

/** Writes problems for people: a line each, and in a terminal the source line with a caret. */
export function printProblems(problems: readonly Problem[], stream: Terminal, lineOf: LineOf): void {
  const style = (format: "bold" | "red" | "cyan" | "dim", text: string): string =>
    stream.isTTY ? styleText(format, text) : text;
  for (const problem of problems) {
    const place = style("bold", `${problem.file}:${problem.line}:${problem.column}`);
    const path = problem.path === "" ? "" : ` ${style("cyan", problem.path)}`;
    const text = path === "" ? `: ${problemText(problem)}` : `${path}: ${problemText(problem)}`;
    stream.write(`${place}${text}\n`);
    const source = stream.isTTY ? excerpt(problem, lineOf) : undefined;
    if (source !== undefined) stream.write(`${style("dim", source.text)}\n${style("red", source.caret)}\n`);
  }
}

/** A problem as a line without colours: `tenants/acme.yaml:2:5 id: …`. */
export function problemLine(problem: Problem): string {
  const path = problem.path === "" ? "" : ` ${problem.path}`;
  return `${problem.file}:${problem.line}:${problem.column}${path}: ${problemText(problem)}`;
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
  if (line === undefined || problem.found === hidden) return undefined;
  const safe = withoutUnknown(line);
  // In broken YAML a line without a key can belong to anything.
  if (safe === undefined && problem.code.startsWith("yaml-")) return undefined;
  const cut = Math.max(0, problem.column - width + 20);
  const shown = (safe ?? line).slice(cut, cut + width).replaceAll("\t", " ");
  if (problem.column - cut > shown.length + 1) return undefined;
  return { text: `    ${shown}`, caret: `    ${" ".repeat(problem.column - 1 - cut)}^` };
}

const known = allKeys(tenant);

/**
 * Cuts a line after a key that the model doesn't know or that is for a reference to a secret: a secret may follow. Undefined when
 * the line has no key.
 */
function withoutUnknown(line: string): string | undefined {
  const keys = [...line.matchAll(/(?<=^|[\s,{["'])([\w.$-]+)["']?\s*:(?=\s|$)/g)];
  const unsafe = keys.find(([, key = ""]) => !known.has(key) || isSecret([key]));
  if (unsafe !== undefined) return `${line.slice(0, unsafe.index + unsafe[0].length)} …`;
  return keys.length === 0 ? undefined : line;
}
