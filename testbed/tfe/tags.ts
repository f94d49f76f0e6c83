import { done, many, param, type Route } from "./call.ts";
import { givenReferences } from "./document.ts";
import { invalid } from "./refusal.ts";
import { idsOf, newId, type Item, type Store } from "./store.ts";

type Sent = ReturnType<typeof givenReferences>;

/** The names of a workspace's tags. */
export function tagNames(store: Store, workspace: Item): string[] {
  return idsOf(workspace, "tags").map((id) => String(store.get("tags", id).attributes["name"]));
}

/** Gives a workspace tags, and keeps it. Terraform Cloud writes them in lower case. */
export function addTags(store: Store, workspace: Item, sent: Sent): Item {
  const wanted = sent.map((tag) => tagOf(store, nameOf(store, tag)));
  const all = new Set([...idsOf(workspace, "tags"), ...wanted.map(({ id }) => id)]);
  return keepTags(store, workspace, [...all]);
}

function removeTags(store: Store, workspace: Item, sent: Sent): Item {
  const names = sent.map((tag) => nameOf(store, tag));
  const left = idsOf(workspace, "tags").filter(
    (id) => !names.includes(String(store.get("tags", id).attributes["name"])),
  );
  return keepTags(store, workspace, left);
}

function keepTags(store: Store, workspace: Item, ids: readonly string[]): Item {
  const tags = ids.map((id) => ({ type: "tags", id }));
  return store.put({ ...workspace, relationships: { ...workspace.relationships, tags } });
}

function nameOf(store: Store, { id, attributes }: Sent[number]): string {
  const name = id === undefined ? attributes?.["name"] : store.get("tags", id).attributes["name"];
  if (typeof name !== "string" || !/^[a-z0-9]([a-z0-9_:-]*[a-z0-9])?$/i.test(name))
    throw invalid("name", "is invalid");
  return name.toLowerCase();
}

function tagOf(store: Store, name: string): Item {
  const known = store.all("tags").find(({ attributes }) => attributes["name"] === name);
  return known ?? store.put({ type: "tags", id: newId("tags"), attributes: { name }, relationships: {} });
}

const path = "/workspaces/:id/relationships/tags";

export const tagRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    answer: (call) => {
      const workspace = call.store.get("workspaces", param(call, "id"));
      return many(
        call,
        idsOf(workspace, "tags").map((id) => call.store.get("tags", id)),
      );
    },
  },
  {
    method: "POST",
    path,
    answer: (call) => {
      addTags(call.store, call.store.get("workspaces", param(call, "id")), givenReferences(call.body));
      return done;
    },
  },
  {
    method: "DELETE",
    path,
    answer: (call) => {
      removeTags(call.store, call.store.get("workspaces", param(call, "id")), givenReferences(call.body));
      return done;
    },
  },
];
