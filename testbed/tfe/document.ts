import { z } from "zod";
import { invalid, Refusal } from "./refusal.ts";
import { idsOf, type Item, type Reference, type Store } from "./store.ts";

const reference = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
});
const resource = z.object({
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  relationships: z
    .record(z.string(), z.object({ data: z.union([reference, z.array(reference), z.null()]) }))
    .default({}),
});

/** What a client sends of a thing (https://jsonapi.org/format/#crud). */
export type Given = z.output<typeof resource>;

/** Reads a thing that a client sends. Throws a {@link Refusal} 400 or 422. */
export function given(body: unknown, type: string): Given {
  const result = z.object({ data: resource }).safeParse(body);
  if (!result.success) throw new Refusal(400, "bad request", z.prettifyError(result.error));
  if (result.data.data.type !== type) throw new Refusal(422, "invalid resource type", `type must be ${type}`);
  return result.data.data;
}

/** Reads a list of references that a client sends. Throws a {@link Refusal} 400. */
export function givenReferences(body: unknown): z.output<typeof reference>[] {
  const result = z.object({ data: z.array(reference) }).safeParse(body);
  if (!result.success) throw new Refusal(400, "bad request", z.prettifyError(result.error));
  return result.data.data;
}

/** The thing that a relationship names; undefined when it isn't given. Throws a {@link Refusal} 404 when it isn't there. */
export function related(store: Store, { relationships }: Given, name: string): Reference | undefined {
  const data = relationships[name]?.data;
  if (data === undefined || data === null || Array.isArray(data)) return undefined;
  const { type, id } = store.get(data.type, data.id ?? "");
  return { type, id };
}

/** Puts a shape on attributes. Throws a {@link Refusal} 422 that names the first that can't be so. */
export function attributesOf<T>(shape: z.ZodType<T>, attributes: unknown): T {
  const result = shape.safeParse(attributes);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0] ?? "base");
  throw invalid(name, issue?.code === "invalid_type" ? "can't be blank" : "is not included in the list");
}

/** How an item is shown: secrets are never given back. */
export function shown({ type, id, attributes, relationships }: Item): Record<string, unknown> {
  const related = Object.entries(relationships).map(([name, data]) => [name, { data }]);
  return {
    id,
    type,
    attributes: withoutSecrets(type, attributes),
    relationships: Object.fromEntries(related),
  };
}

/** The things that an item's relationships name, for `include`. */
export function included(store: Store, items: readonly Item[], names: readonly string[]): unknown[] {
  const references = items.flatMap((item) =>
    names.flatMap((name) => [item.relationships[name] ?? []].flat()),
  );
  const unique = new Map(references.map((each) => [each.id, each]));
  return [...unique.values()].map(({ type, id }) => shown(store.get(type, id)));
}

/** Where an item is: the ids of its relationship, the first. */
export const parentOf = (item: Item, name: string): string => idsOf(item, name)[0] ?? "";

function withoutSecrets(type: string, attributes: Item["attributes"]): Item["attributes"] {
  if (type === "vars" && attributes["sensitive"] === true) return { ...attributes, value: null };
  if (type === "notification-configurations") return { ...attributes, token: null };
  return attributes;
}
