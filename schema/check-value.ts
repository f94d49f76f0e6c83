import type { z } from "zod";
import { explainIssue } from "./explain-issue.ts";
import type { Finding } from "./finding.ts";
import { type Path, type Position, type Problem, pathText } from "./problem.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A value held against its model. */
export interface Checked<T> {
  /** The value with all defaults filled in; undefined when its shape is wrong. */
  readonly data: T | undefined;
  readonly findings: readonly Finding[];
}

/** Checks the shape of a value that was merged from `files`, most specific first. */
export function checkShape<T>(model: z.ZodType<T>, value: unknown, files: readonly YamlFile[]): Checked<T> {
  const result = model.safeParse(value, { reportInput: true });
  if (result.success) return { data: result.data, findings: [] };
  const written = (path: Path): string | undefined => fileOf(files, path)?.source(path);
  const { issues } = result.error;
  return { data: undefined, findings: issues.flatMap((issue) => explainIssue(issue, model, value, written)) };
}

/**
 * Puts together what is wrong with a file: as YAML, by its shape, and by the rules between its values. `files` are the layers,
 * most specific first. Only the first one's mistakes are reported: the others were checked before, by themselves, and are
 * `sound` when nothing was found.
 */
export function fileProblems(
  files: readonly [YamlFile, ...YamlFile[]],
  shape: readonly Finding[],
  rules: readonly Finding[],
  sound: boolean,
): readonly Problem[] {
  const [own, ...below] = files;
  if (shape.length === 0 && rules.length === 0) return own.problems;
  const wrong = new Set(shape.map(({ path }) => pathText(path)));
  const saidHere = (path: Path): boolean => !below.includes(fileOf(files, path) ?? own);
  const findings = [...shape, ...rules.filter(({ path }) => !wrong.has(pathText(path)))];
  const problems = findings.flatMap((finding): Problem[] => {
    const problem = toProblem(finding, files);
    if (saidHere(finding.path)) return [problem];
    // A layer's value that is wrong only beside one of this file: point at this file's, or at what is around it.
    const { path, relatedPath } = finding;
    const related = locate(files, path);
    if (relatedPath !== undefined && fileOf(files, relatedPath) === own) {
      return [{ ...problem, ...locate(files, relatedPath), related }];
    }
    return sound && rules.includes(finding) ? [{ ...problem, ...locate([own], path), related }] : [];
  });
  return [...own.problems, ...problems];
}

/** Gives a finding its place in the layers. */
function toProblem(finding: Finding, files: readonly YamlFile[]): Problem {
  const { path, at, relatedPath, ...rest } = finding;
  return {
    ...rest,
    path: pathText(path),
    ...locate(files, path, at),
    ...(relatedPath && { related: locate(files, relatedPath, "value") }),
  };
}

/** The place of a value in the layer it came from, or of the nearest map around a value that isn't there. */
export function locate(files: readonly YamlFile[], path: Path, at: Finding["at"] = "value"): Position {
  for (let depth = path.length; depth >= 0; depth--) {
    const nearest = path.slice(0, depth);
    for (const file of files) {
      const position = at === "key" && depth === path.length ? file.locateKey(nearest) : file.locate(nearest);
      if (position !== undefined) return position;
    }
  }
  return { file: files[0]?.file ?? "", line: 1, column: 1 };
}

/** The layer that a value came from; undefined when none has it. */
function fileOf(files: readonly YamlFile[], path: Path): YamlFile | undefined {
  return files.find((file) => file.locate(path) !== undefined);
}
