import { many, one, param, type Route } from "./call.ts";
import { idsOf, newId, type Store } from "./store.ts";

/** The one organization that a new stand-in has, with the default project and a connection to a VCS. */
export const firstOrganization = "tenantry";
/** The id of its connection to a VCS. */
export const firstConnection = "ot-hmAyP66qk2AMVdbJ";

/** Makes what every organization has from the start. */
export function seed(store: Store): void {
  if (store.all("organizations").length > 0) return;
  const organization = { type: "organizations", id: firstOrganization };
  const project = { type: "projects", id: newId("projects") };
  store.put({
    ...project,
    attributes: { name: "Default Project", description: "" },
    relationships: { organization },
  });
  store.put({
    ...organization,
    attributes: {
      name: firstOrganization,
      email: "tenantry@localhost.localdomain",
      "created-at": new Date().toISOString(),
      "allow-force-delete-workspaces": true,
      permissions: { "can-create-workspace": true, "can-create-project": true, "can-create-team": true },
    },
    relationships: { "default-project": project },
  });
  const client = { type: "oauth-clients", id: newId("oauth-clients") };
  const token = { type: "oauth-tokens", id: firstConnection };
  store.put({
    ...client,
    attributes: { name: "Source code", "service-provider": "github", "http-url": "https://github.com" },
    relationships: { organization, "oauth-tokens": [token] },
  });
  store.put({
    ...token,
    attributes: { "service-provider-user": "tenantry", "has-ssh-key": false },
    relationships: { "oauth-client": client },
  });
}

export const organizationRoutes: readonly Route[] = [
  { method: "GET", path: "/organizations", answer: (call) => many(call, call.store.all("organizations")) },
  {
    method: "GET",
    path: "/organizations/:organization",
    answer: (call) => one(call, call.store.get("organizations", param(call, "organization"))),
  },
  {
    method: "GET",
    path: "/organizations/:organization/entitlement-set",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const attributes = { teams: true, "vcs-integrations": true, "state-storage": true, operations: true };
      return { status: 200, body: { data: { id, type: "entitlement-sets", attributes } } };
    },
  },
  {
    method: "GET",
    path: "/organizations/:organization/oauth-clients",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      return many(call, call.store.related("oauth-clients", "organization", id));
    },
  },
  {
    method: "GET",
    path: "/organizations/:organization/tags",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const workspaces = call.store.related("workspaces", "organization", id);
      const used = call.store
        .all("tags")
        .filter((tag) => workspaces.some((each) => idsOf(each, "tags").includes(tag.id)));
      return many(call, used);
    },
  },
];
