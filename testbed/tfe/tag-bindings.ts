import { z } from "zod";
import type { Given } from "./document.ts";
import { newId, type Item, type Store } from "./store.ts";

const binding = z.object({ key: z.string().min(1), value: z.string().default("") });

/** Keeps the key-value tags that a client sends with a workspace or a project; without any, those that are there. */
export function bindTags(store: Store, item: Item, { relationships }: Given): Item {
  const sent = relationships["tag-bindings"]?.data;
  if (!Array.isArray(sent)) return item;
  const bindings = sent.map(({ attributes }) => {
    const made = { type: "effective-tag-bindings", id: newId("tags") };
    store.put({ ...made, attributes: binding.parse(attributes), relationships: {} });
    return made;
  });
  return store.put({
    ...item,
    relationships: { ...item.relationships, "effective-tag-bindings": bindings },
  });
}
