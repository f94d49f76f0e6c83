import { isDeepStrictEqual } from "node:util";

/**
 * Whether a value is another one with nothing but more entries in its lists. A tenant that changed in no other way loses no
 * resource: every entry makes its own, and each value beside it is what it was.
 *
 * A key that appears doesn't count as adding: `services: { database: false }` takes a login away.
 */
export function onlyAdds(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    const left: unknown[] = [...(after as unknown[])];
    return before.every((entry) => {
      const at = left.findIndex((each) => isDeepStrictEqual(each, entry));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (!isMap(before) || !isMap(after)) return isDeepStrictEqual(before, after);
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => Object.hasOwn(after, key) && onlyAdds(before[key], after[key]))
  );
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
