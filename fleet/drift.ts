import type { DriftRule } from "../schema/sections/drift.ts";
import type { PropertyChange } from "./property-changes.ts";
import { type ResourceChange, typeName } from "./stack-report.ts";

/** What of a tenant isn't as its file says. */
export interface Drift {
  readonly changes: readonly ResourceChange[];
  /** How many differences the file says to ignore. */
  readonly ignored: number;
}

/** Takes out what a tenant's file says to ignore. A resource that is gone, or too much, is never ignored. */
export function withoutIgnored(changes: readonly ResourceChange[], rules: readonly DriftRule[]): Drift {
  let ignored = 0;
  const left = changes.flatMap((change) => {
    if (change.change !== "update" && change.change !== "replace") return [change];
    const properties = change.properties.filter(
      (property) => !rules.some((rule) => covers(rule, change, property)),
    );
    ignored += change.properties.length - properties.length;
    // An update in which nothing can be named is still one.
    return properties.length === 0 && change.properties.length > 0 ? [] : [{ ...change, properties }];
  });
  return { changes: left, ignored };
}

function covers(
  { resource, attribute }: DriftRule,
  { type, name }: ResourceChange,
  { path }: PropertyChange,
): boolean {
  const pattern = glob(resource);
  if (!pattern.test(name) && !pattern.test(`${typeName(type)} ${name}`)) return false;
  return glob(attribute, String.raw`(?:[.[].*)?`).test(path);
}

/** `*` stands for any text; everything else for itself. */
function glob(text: string, ending = ""): RegExp {
  const escaped = text.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join(".*")}${ending}$`, "s");
}
