import { styleText } from "node:util";
import type { PropertyChange } from "../fleet/property-changes.ts";
import { typeName, type Change, type ResourceChange } from "../fleet/stack-report.ts";

export const marks: Record<
  Change,
  { mark: string; style: "green" | "yellow" | "magenta" | "red"; verb: string }
> = {
  create: { mark: "+", style: "green", verb: "create" },
  update: { mark: "~", style: "yellow", verb: "update" },
  replace: { mark: "±", style: "magenta", verb: "replace" },
  delete: { mark: "-", style: "red", verb: "delete" },
};

/** A resource's change in one line: `~ keycloak Realm                 acme`. */
export function changeLine(
  { change, type, name }: Pick<ResourceChange, "change" | "type" | "name">,
  stream: NodeJS.WriteStream,
  failed = false,
): string {
  const { mark, style } = marks[change];
  const text = `${failed ? "✗" : mark} ${typeName(type).padEnd(30)} ${name}`;
  return styleText(failed ? "red" : style, text, { stream });
}

/** A property's change in one line: `connectionLimit: 150 → 160`. */
export function propertyLine({ path, from, to }: PropertyChange, stream: NodeJS.WriteStream): string {
  return `${path}: ${styleText("dim", show(from), { stream })} → ${show(to)}`;
}

/** How many resources change in which way: `3 created, 1 updated`; in a preview `3 to create`. */
export function changeCounts(
  changes: readonly Pick<ResourceChange, "change">[],
  stream: NodeJS.WriteStream,
  preview: boolean,
): string[] {
  return Object.entries(marks).flatMap(([change, { verb, style }]) => {
    const count = changes.filter((each) => each.change === change).length;
    const words = preview ? `${count} to ${verb}` : `${count} ${verb}d`;
    return count === 0 ? [] : [styleText(style, words, { stream })];
  });
}

export function show(value: unknown): string {
  return value === undefined ? "(none)" : typeof value === "string" ? value : JSON.stringify(value);
}
