import { checkShape, fileProblems, locate } from "./check-value.ts";
import type { LayerCatalog } from "./layers.ts";
import { merge } from "./merge.ts";
import type { Path, Position, Problem } from "./problem.ts";
import { fileLabel, readYaml } from "./read-yaml.ts";
import { type Draft, draft } from "./rules/draft.ts";
import { fileRules } from "./rules/file-rules.ts";
import { type Tenant, tenant } from "./tenant.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A valid tenant, and where each of its values was said. */
export interface LoadedTenant {
  readonly tenant: Tenant;
  /** Relative to the folder that holds `tenants/`, with forward slashes. */
  readonly file: string;
  /**
   * Where the value at a path was written (`locate(["users", 2])`): in the tenant's own file, its plan or the defaults;
   * for a value that is in none of them, the nearest map around it.
   */
  readonly locate: (path: Path) => Position;
}

/** One tenant file after everything that can be said about it without the others. */
export interface TenantFile {
  /** Undefined when something is wrong with it. */
  readonly loaded: LoadedTenant | undefined;
  /** As much as could be understood, for rules between tenants; undefined when the file is no map at all. */
  readonly draft: Draft | undefined;
  readonly locate: (path: Path) => Position;
  /** What is wrong with the file itself. */
  readonly problems: readonly Problem[];
  /** What is wrong with the layers under it. */
  readonly layerProblems: readonly Problem[];
}

/** Reads and checks one tenant file with its layers. */
export function loadTenantFile(dir: string, path: string, catalog: LayerCatalog): TenantFile {
  const read = readYaml(dir, path);
  if (!read.ok) {
    const { problems } = read;
    const start = { file: fileLabel(dir, path), line: 1, column: 1 };
    return { loaded: undefined, draft: undefined, locate: () => start, problems, layerProblems: [] };
  }
  return checkTenantFile(read.file, read.value, catalog);
}

/** Checks a tenant file's value over its layers. */
export function checkTenantFile(
  file: YamlFile,
  value: Readonly<Record<string, unknown>>,
  catalog: LayerCatalog,
): TenantFile {
  const layers = catalog.of(value["plan"]);
  const files = [file, ...layers.files] as const;
  const merged = merge(layers.value, value);
  const { data, findings } = checkShape(tenant, merged, files);
  const understood: Draft = data ?? draft.parse(merged);
  const place = (at: Path): Position => locate(files, at);
  const problems = [
    ...fileProblems(files, findings, fileRules(understood), layers.problems.length === 0),
    ...missingPlan(layers.missing, place),
  ];
  const valid = data !== undefined && problems.length === 0 && layers.problems.length === 0;
  return {
    loaded: valid ? { tenant: data, file: file.file, locate: place } : undefined,
    draft: understood,
    locate: place,
    problems,
    layerProblems: layers.problems,
  };
}

function missingPlan(missing: string | undefined, place: (at: Path) => Position): Problem[] {
  if (missing === undefined) return [];
  return [
    {
      ...place(["plan"]),
      code: "plan-file-missing",
      path: "plan",
      message: `there is no file ${missing} for this plan`,
    },
  ];
}
