import { fleetRules } from "../schema/fleet-rules.ts";
import { LayerCatalog } from "../schema/layers.ts";
import { checkTenantFile, type TenantFile } from "../schema/load-tenant-file.ts";
import { isMap } from "../schema/merge.ts";
import type { Problem } from "../schema/problem.ts";
import type { Tenant } from "../schema/tenant.ts";
import { YamlFile } from "../schema/yaml-file.ts";

/** A file that isn't written yet, by its path, and its text. */
export interface Draft {
  readonly file: string;
  readonly text: string;
}

export interface CheckedDraft extends Draft {
  /** Undefined when something is wrong with it. */
  readonly tenant: Tenant | undefined;
  readonly problems: readonly Problem[];
}

/** Checks drafts as `tenantry validate` would: each by itself over the layers of `dir`, and all beside its fleet. */
export function checkDrafts(
  dir: string,
  fleet: readonly TenantFile[],
  drafts: readonly Draft[],
): readonly CheckedDraft[] {
  const layers = new LayerCatalog(dir);
  const files = drafts.map(({ file, text }) => {
    const yaml = new YamlFile(file, text);
    return checkTenantFile(yaml, isMap(yaml.value) ? yaml.value : {}, layers);
  });
  const between = fleetRules([...fleet, ...files]);
  return drafts.map((draft, index) => {
    const { loaded, problems = [], layerProblems = [] } = files[index] ?? {};
    const all = [...layerProblems, ...problems, ...between.filter(({ file }) => file === draft.file)];
    return { ...draft, tenant: all.length === 0 ? loaded?.tenant : undefined, problems: all };
  });
}
