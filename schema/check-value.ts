import type { z } from "zod";
import { explainIssue } from "./explain-issue.ts";
import type { Finding } from "./finding.ts";
import { type Path, type Position, type Problem, pathText } from "./problem.ts";
import { type Draft, draft } from "./rules/draft.ts";
import { fileRules } from "./rules/file-rules.ts";
import type { YamlFile } from "./yaml-file.ts";

export interface Checked<T> {
  /** The value with all defaults filled in; undefined when its shape is wrong. */
  readonly data: T | undefined;
  /** As much of the value as could be understood, for rules between values. */
  readonly draft: Draft;
  readonly problems: readonly Problem[];
}

/**
 * Checks a merged value against its model and the rules within a file. `files` are the layers it was merged from, most
 * specific first. Only the first one's mistakes are reported: the others were checked before, by themselves.
 */
export function checkValue<T>(
  model: z.ZodType<T>,
  value: unknown,
  files: readonly [YamlFile, ...YamlFile[]],
): Checked<T> {
  const [own, ...below] = files;
  const result = model.safeParse(value, { reportInput: true });
  const understood = draft.parse(value);
  const written = (path: Path): string | undefined => fileOf(files, path)?.source(path);
  const shape = result.success
    ? []
    : result.error.issues.flatMap((issue) => explainIssue(issue, model, value, written));
  const wrong = new Set(shape.map(({ path }) => pathText(path)));
  const rules = fileRules(understood).filter(({ path }) => !wrong.has(pathText(path)));
  const problems = [...shape, ...rules]
    .filter(({ path }) => !below.includes(fileOf(files, path) ?? own))
    .map((finding) => toProblem(finding, files));
  return { data: result.data, draft: understood, problems: [...own.problems, ...problems] };
}

/** Gives a finding its place in the layers. */
export function toProblem(finding: Finding, files: readonly YamlFile[]): Problem {
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
