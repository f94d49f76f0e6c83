import { z } from "zod";
import { done, many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given, givenReferences, parentOf, related } from "./document.ts";
import { invalid } from "./refusal.ts";
import { idsOf, newId, type Item } from "./store.ts";

const attributes = z.object({
  name: z.string().min(1),
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  global: z.boolean().default(false),
  priority: z.boolean().default(false),
});

function keep({ store }: Call, item: Item): Item {
  const others = store.related("varsets", "organization", parentOf(item, "organization"));
  if (others.some(({ id, attributes: its }) => id !== item.id && its["name"] === item.attributes["name"])) {
    throw invalid("name", "has already been taken");
  }
  return store.put(item);
}

const setOf = (call: Call): Item => call.store.get("varsets", param(call, "id"));

/** Applies a set to workspaces or projects, or takes it away from them. */
function applyTo(kind: "workspaces" | "projects"): Route[] {
  const path = `/varsets/:id/relationships/${kind}`;
  const change = (
    call: Call,
    ids: (now: readonly string[], sent: readonly string[]) => readonly string[],
  ): typeof done => {
    const item = setOf(call);
    const sent = givenReferences(call.body).map(({ id = "" }) => call.store.get(kind, id).id);
    const references = [...new Set(ids(idsOf(item, kind), sent))].map((id) => ({ type: kind, id }));
    call.store.put({ ...item, relationships: { ...item.relationships, [kind]: references } });
    return done;
  };
  return [
    { method: "POST", path, answer: (call) => change(call, (now, sent) => [...now, ...sent]) },
    {
      method: "DELETE",
      path,
      answer: (call) => change(call, (now, sent) => now.filter((id) => !sent.includes(id))),
    },
  ];
}

function appliedTo(kind: "workspaces" | "projects"): Route {
  return {
    method: "GET",
    path: `/${kind}/:id/varsets`,
    answer: (call) =>
      many(call, call.store.related("varsets", kind, call.store.get(kind, param(call, "id")).id)),
  };
}

export const variableSetRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/organizations/:organization/varsets",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const wanted = call.query.get("q") ?? "";
      const all = call.store.related("varsets", "organization", id);
      return many(
        call,
        all.filter(({ attributes: its }) => String(its["name"]).includes(wanted)),
      );
    },
  },
  {
    method: "POST",
    path: "/organizations/:organization/varsets",
    answer: (call) => {
      const { type, id } = call.store.get("organizations", param(call, "organization"));
      const sent = given(call.body, "varsets");
      const parent = related(call.store, sent, "parent") ?? { type, id };
      const item: Item = {
        type: "varsets",
        id: newId("varsets"),
        attributes: attributesOf(attributes, sent.attributes),
        relationships: { organization: { type, id }, parent, workspaces: [], projects: [] },
      };
      return one(call, keep(call, item), { status: 201 });
    },
  },
  { method: "GET", path: "/varsets/:id", answer: (call) => one(call, setOf(call)) },
  {
    method: "PATCH",
    path: "/varsets/:id",
    answer: (call) => {
      const item = setOf(call);
      const changed = attributesOf(attributes, {
        ...item.attributes,
        ...given(call.body, "varsets").attributes,
      });
      return one(call, keep(call, { ...item, attributes: changed }));
    },
  },
  {
    method: "DELETE",
    path: "/varsets/:id",
    answer: (call) => {
      call.store.drop(setOf(call).id, "varset");
      return done;
    },
  },
  ...applyTo("workspaces"),
  ...applyTo("projects"),
  appliedTo("workspaces"),
  appliedTo("projects"),
];
