import { z } from "zod";
import { done, many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given, parentOf } from "./document.ts";
import { invalid, notFound } from "./refusal.ts";
import { newId, type Item } from "./store.ts";

const attributes = z.object({
  key: z.string().min(1),
  value: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  description: z.string().nullish(),
  category: z.enum(["terraform", "env"]),
  hcl: z.boolean().default(false),
  sensitive: z.boolean().default(false),
});

/** What variables belong to: a workspace, or a variable set. */
interface Owner {
  readonly type: "workspaces" | "varsets";
  /** The variables' relationship to it. */
  readonly relation: "configurable" | "varset";
  readonly path: string;
}

function keep({ store }: Call, { relation }: Owner, item: Item): Item {
  const { key, category } = item.attributes;
  const others = store.related("vars", relation, parentOf(item, relation)).filter(({ id }) => id !== item.id);
  if (others.some(({ attributes: its }) => its["key"] === key && its["category"] === category)) {
    throw invalid("key", "has already been taken");
  }
  return store.put(item);
}

function variableOf(call: Call, { relation }: Owner): Item {
  const item = call.store.get("vars", param(call, "variable"));
  if (parentOf(item, relation) !== param(call, "owner")) throw notFound();
  return item;
}

function routesOf(owner: Owner): Route[] {
  const { type, relation, path } = owner;
  return [
    {
      method: "GET",
      path,
      answer: (call) =>
        many(call, call.store.related("vars", relation, call.store.get(type, param(call, "owner")).id)),
    },
    {
      method: "POST",
      path,
      answer: (call) => {
        const { id } = call.store.get(type, param(call, "owner"));
        const item = {
          type: "vars",
          id: newId("vars"),
          attributes: attributesOf(attributes, given(call.body, "vars").attributes),
          relationships: { [relation]: { type, id } },
        };
        return one(call, keep(call, owner, item), { status: 201 });
      },
    },
    { method: "GET", path: `${path}/:variable`, answer: (call) => one(call, variableOf(call, owner)) },
    {
      method: "PATCH",
      path: `${path}/:variable`,
      answer: (call) => {
        const item = variableOf(call, owner);
        const sent = given(call.body, "vars").attributes;
        if (item.attributes["sensitive"] === true && sent["sensitive"] === false) {
          throw invalid("sensitive", "can't be changed to false");
        }
        const changed = attributesOf(attributes, { ...item.attributes, ...sent });
        return one(call, keep(call, owner, { ...item, attributes: changed }));
      },
    },
    {
      method: "DELETE",
      path: `${path}/:variable`,
      answer: (call) => {
        call.store.drop(variableOf(call, owner).id);
        return done;
      },
    },
  ];
}

export const variableRoutes: readonly Route[] = [
  ...routesOf({ type: "workspaces", relation: "configurable", path: "/workspaces/:owner/vars" }),
  ...routesOf({ type: "varsets", relation: "varset", path: "/varsets/:owner/relationships/vars" }),
];
