import { dirname, relative, resolve, sep } from "node:path";
import { isMap } from "./merge.ts";
import type { Problem } from "./problem.ts";
import { readText } from "./read-text.ts";
import { YamlFile } from "./yaml-file.ts";

export type YamlResult =
  | { readonly ok: true; readonly file: YamlFile; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The name that a file goes by in reports: from the folder that holds `tenants/` on, or all of it when outside. */
export function fileLabel(dir: string, path: string): string {
  const name = relative(dirname(resolve(dir)), resolve(path));
  return name.startsWith(`..${sep}`) ? path : name.replaceAll(sep, "/");
}

/** Reads a file whose top is a map of keys, or says what is wrong with it. */
export function readYaml(dir: string, path: string): YamlResult {
  const label = fileLabel(dir, path);
  const start = { file: label, line: 1, column: 1, path: "" };
  const read = readText(path);
  if (!read.readable) return { ok: false, problems: [{ ...start, code: read.code, message: read.message }] };
  const file = new YamlFile(label, read.text);
  if (file.problems.length > 0 && !isMap(file.value)) return { ok: false, problems: file.problems };
  if (!isMap(file.value)) {
    const what = Array.isArray(file.value) ? "a list" : "a single value";
    const message = `holds ${what}; a map of keys is wanted, \`key: value\``;
    return { ok: false, problems: [{ ...start, ...file.locate([]), code: "not-a-map", message }] };
  }
  return { ok: true, file, value: file.value };
}
