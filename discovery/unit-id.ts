import { id } from "../schema/patterns.ts";

/** What stands where a business unit should, and is none. */
const nobody = new Set([
  ..."all any changeme common default example global multiple na none null platform-wide".split(" "),
  ..."shared tbd template test todo undefined unknown various".split(" "),
]);

/**
 * The tenant id that a text means: `Human_Resources` is `human-resources`. Undefined when it can't be one, and for words that
 * mean nobody or everybody: `shared`, `tbd`.
 */
export function unitId(text: string): string | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s._/-]+/);
  const name = words.filter((word) => word !== "").join("-");
  return id.safeParse(name).success && !nobody.has(name) ? name : undefined;
}

/**
 * What two spellings of one business unit have in common: `human-resources`, `human_resources` and `HumanResources` are
 * `humanresources`.
 */
export function fingerprint(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
