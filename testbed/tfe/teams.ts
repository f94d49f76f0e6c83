import { z } from "zod";
import { done, many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given, parentOf, related } from "./document.ts";
import { invalid } from "./refusal.ts";
import { newId, type Item } from "./store.ts";

const team = z.object({
  name: z.string().regex(/^[\w-]+$/),
  "sso-team-id": z.string().nullish(),
  visibility: z.enum(["secret", "organization"]).default("secret"),
  "allow-member-token-management": z.boolean().default(true),
  "organization-access": z.record(z.string(), z.boolean()).default({}),
});

const access = z
  .object({ access: z.enum(["admin", "maintain", "write", "read"]) })
  // What each level means in detail; only `custom`, which nobody here uses, lets a client choose it.
  .transform(({ access: level }) => ({
    access: level,
    "project-access": {
      settings: level === "admin" ? "delete" : "read",
      teams: "none",
      "variable-sets": "none",
    },
    "workspace-access": {
      runs: level === "read" ? "read" : "apply",
      "sentinel-mocks": level === "read" ? "none" : "read",
      "state-versions": level === "read" ? "read" : "write",
      variables: level === "read" ? "read" : "write",
      create: level === "admin" || level === "maintain",
      locking: level !== "read",
      move: level === "admin",
      delete: level === "admin" || level === "maintain",
      "run-tasks": level !== "read",
    },
  }));

function keep({ store }: Call, item: Item): Item {
  const others = store.related("teams", "organization", parentOf(item, "organization"));
  if (others.some(({ id, attributes: its }) => id !== item.id && its["name"] === item.attributes["name"])) {
    throw invalid("name", "has already been taken");
  }
  return store.put(item);
}

export const teamRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/organizations/:organization/teams",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const names = call.query.get("filter[names]")?.split(",");
      const all = call.store.related("teams", "organization", id);
      return many(
        call,
        names ? all.filter(({ attributes: its }) => names.includes(String(its["name"]))) : all,
      );
    },
  },
  {
    method: "POST",
    path: "/organizations/:organization/teams",
    answer: (call) => {
      const { type, id } = call.store.get("organizations", param(call, "organization"));
      const item = {
        type: "teams",
        id: newId("teams"),
        attributes: { ...attributesOf(team, given(call.body, "teams").attributes), "users-count": 0 },
        relationships: { organization: { type, id } },
      };
      return one(call, keep(call, item), { status: 201 });
    },
  },
  {
    method: "GET",
    path: "/teams/:id",
    answer: (call) => one(call, call.store.get("teams", param(call, "id"))),
  },
  {
    method: "PATCH",
    path: "/teams/:id",
    answer: (call) => {
      const item = call.store.get("teams", param(call, "id"));
      const changed = attributesOf(team, { ...item.attributes, ...given(call.body, "teams").attributes });
      return one(call, keep(call, { ...item, attributes: { ...item.attributes, ...changed } }));
    },
  },
  {
    method: "DELETE",
    path: "/teams/:id",
    answer: (call) => {
      call.store.drop(call.store.get("teams", param(call, "id")).id, "team");
      return done;
    },
  },
  {
    method: "GET",
    path: "/team-projects",
    answer: (call) =>
      many(call, call.store.related("team-projects", "project", call.query.get("filter[project][id]") ?? "")),
  },
  {
    method: "POST",
    path: "/team-projects",
    answer: (call) => {
      const sent = given(call.body, "team-projects");
      const [whose, project] = [related(call.store, sent, "team"), related(call.store, sent, "project")];
      if (whose === undefined || project === undefined) throw invalid("team", "and project can't be blank");
      const others = call.store.related("team-projects", "project", project.id);
      if (others.some((each) => parentOf(each, "team") === whose.id))
        throw invalid("team", "has already been added");
      const item = {
        type: "team-projects",
        id: newId("team-projects"),
        attributes: attributesOf(access, sent.attributes),
        relationships: { team: whose, project },
      };
      return one(call, call.store.put(item), { status: 201 });
    },
  },
  {
    method: "GET",
    path: "/team-projects/:id",
    answer: (call) => one(call, call.store.get("team-projects", param(call, "id"))),
  },
  {
    method: "PATCH",
    path: "/team-projects/:id",
    answer: (call) => {
      const item = call.store.get("team-projects", param(call, "id"));
      const sent = given(call.body, "team-projects").attributes;
      return one(
        call,
        call.store.put({ ...item, attributes: attributesOf(access, { ...item.attributes, ...sent }) }),
      );
    },
  },
  {
    method: "DELETE",
    path: "/team-projects/:id",
    answer: (call) => {
      call.store.drop(call.store.get("team-projects", param(call, "id")).id);
      return done;
    },
  },
];
