/** Whether a value is a map, as YAML and JSON know them. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lays a more specific value over a general one: maps merge key by key, lists and scalars replace. */
export function merge(general: unknown, specific: unknown): unknown {
  if (!isMap(general) || !isMap(specific)) return specific;
  const merged: Record<string, unknown> = { ...general };
  for (const [key, value] of Object.entries(specific)) {
    merged[key] = Object.hasOwn(general, key) ? merge(general[key], value) : value;
  }
  return merged;
}
