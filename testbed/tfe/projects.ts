import { z } from "zod";
import { done, many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given, parentOf, related } from "./document.ts";
import { invalid } from "./refusal.ts";
import { newId, type Item } from "./store.ts";
import { bindTags } from "./tag-bindings.ts";

const name = z
  .string()
  .regex(/^[\w-][\w\- ]+[\w-]$/)
  .min(3)
  .max(40);
const attributes = z.object({
  name,
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  "default-execution-mode": z.enum(["remote", "local", "agent"]).default("remote"),
  "auto-destroy-activity-duration": z.string().nullish(),
});

/** The project that a workspace is in when it names none. */
export function defaultProject({ store }: Call, organization: string): Item["relationships"][string] {
  return store.get("organizations", organization).relationships["default-project"] ?? null;
}

function checked(call: Call, organization: string, item: Item): Item {
  const others = call.store.related("projects", "organization", organization);
  if (others.some(({ id, attributes: its }) => id !== item.id && its["name"] === item.attributes["name"])) {
    throw invalid("name", "has already been taken");
  }
  return call.store.put(item);
}

export const projectRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/organizations/:organization/projects",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const names = call.query.get("filter[names]")?.split(",");
      const all = call.store.related("projects", "organization", id);
      return many(
        call,
        names ? all.filter(({ attributes: its }) => names.includes(String(its["name"]))) : all,
      );
    },
  },
  {
    method: "POST",
    path: "/organizations/:organization/projects",
    answer: (call) => {
      const organization = call.store.get("organizations", param(call, "organization"));
      const sent = given(call.body, "projects");
      const item = checked(call, organization.id, {
        type: "projects",
        id: newId("projects"),
        attributes: attributesOf(attributes, sent.attributes),
        relationships: { organization: { type: organization.type, id: organization.id } },
      });
      return one(call, bindTags(call.store, item, sent), { status: 201 });
    },
  },
  {
    method: "GET",
    path: "/projects/:id",
    answer: (call) => one(call, call.store.get("projects", param(call, "id"))),
  },
  {
    method: "PATCH",
    path: "/projects/:id",
    answer: (call) => {
      const item = call.store.get("projects", param(call, "id"));
      const sent = given(call.body, "projects");
      const changed = attributesOf(attributes, { ...item.attributes, ...sent.attributes });
      related(call.store, sent, "default-agent-pool");
      const kept = checked(call, parentOf(item, "organization"), { ...item, attributes: changed });
      return one(call, bindTags(call.store, kept, sent));
    },
  },
  {
    method: "DELETE",
    path: "/projects/:id",
    answer: (call) => {
      const { id } = call.store.get("projects", param(call, "id"));
      if (call.store.related("workspaces", "project", id).length > 0) {
        throw invalid("base", "can't be deleted: it has workspaces");
      }
      call.store.drop(id, "project", "parent");
      return done;
    },
  },
];
