import { z } from "zod";
import { done, many, one, param, type Answer, type Call, type Route } from "./call.ts";
import { attributesOf, given, parentOf, related, shown, type Given } from "./document.ts";
import { defaultProject } from "./projects.ts";
import { invalid, Refusal } from "./refusal.ts";
import { newId, type Item } from "./store.ts";
import { bindTags } from "./tag-bindings.ts";
import { addTags, tagNames } from "./tags.ts";

const vcs = z.object({
  identifier: z.string().regex(/^[^/]+\/.+$/),
  branch: z.string().default(""),
  "ingress-submodules": z.boolean().default(false),
  "oauth-token-id": z.string().nullish(),
  "github-app-installation-id": z.string().nullish(),
  "tags-regex": z.string().nullish(),
});

const attributes = z.object({
  name: z.string().regex(/^[\w-]{1,90}$/),
  description: z.string().nullish(),
  "allow-destroy-plan": z.boolean().default(true),
  "assessments-enabled": z.boolean().default(false),
  "auto-apply": z.boolean().default(false),
  "auto-apply-run-trigger": z.boolean().default(false),
  "execution-mode": z.enum(["remote", "local", "agent"]).default("remote"),
  "file-triggers-enabled": z.boolean().default(true),
  "global-remote-state": z.boolean().default(false),
  "queue-all-runs": z.boolean().default(false),
  "speculative-enabled": z.boolean().default(true),
  "structured-run-output-enabled": z.boolean().default(true),
  "source-name": z.string().nullish(),
  "source-url": z.string().nullish(),
  "terraform-version": z.string().default("1.14.5"),
  "trigger-prefixes": z
    .array(z.string())
    .nullish()
    .transform((list) => list ?? []),
  "trigger-patterns": z
    .array(z.string())
    .nullish()
    .transform((list) => list ?? []),
  "working-directory": z
    .string()
    .nullish()
    .transform((path) => path ?? ""),
  "vcs-repo": vcs.nullish().transform((repo) => repo ?? null),
});

/** Keeps a workspace with what a client sends of it. */
function keep(call: Call, organization: string, item: Item, sent: Given): Item {
  const { store } = call;
  const changed = attributesOf(attributes, { ...item.attributes, ...sent.attributes });
  const others = store.related("workspaces", "organization", organization);
  if (others.some(({ id, attributes: its }) => id !== item.id && its["name"] === changed.name)) {
    throw invalid("name", "has already been taken");
  }
  const token = changed["vcs-repo"]?.["oauth-token-id"];
  if (token && !store.all("oauth-tokens").some(({ id }) => id === token))
    throw invalid("vcs-repo", "is invalid");
  const project =
    related(store, sent, "project") ?? item.relationships["project"] ?? defaultProject(call, organization);
  const kept = {
    ...item,
    attributes: { ...item.attributes, ...changed },
    relationships: { ...item.relationships, project },
  };
  return bindTags(store, addTags(store, kept, [sent.relationships["tags"]?.data ?? []].flat()), sent);
}

/** What only the server says of a workspace. */
function show(call: Call, item: Item): Record<string, unknown> {
  const { attributes: its } = item;
  const organization = parentOf(item, "organization");
  const name = String(its["name"]);
  return {
    ...shown(item),
    attributes: {
      ...its,
      operations: its["execution-mode"] !== "local",
      "tag-names": tagNames(call.store, item),
      permissions: {
        "can-update": true,
        "can-destroy": true,
        "can-force-delete": true,
        "can-queue-run": true,
      },
      "setting-overwrites": { "execution-mode": false, "agent-pool": false },
      "inherits-project-auto-destroy": true,
    },
    links: {
      self: `/api/v2/organizations/${organization}/workspaces/${name}`,
      "self-html": `/app/${organization}/workspaces/${name}`,
    },
  };
}

const answer = (call: Call, item: Item, status = 200): Answer =>
  one(call, item, { status, show: (each) => show(call, each) });

function byName(call: Call): Item {
  const organization = param(call, "organization");
  const all = call.store.related("workspaces", "organization", organization);
  const found = all.find(({ attributes: its }) => its["name"] === param(call, "name"));
  return call.store.get("workspaces", found?.id ?? "");
}

function update(call: Call, item: Item): Answer {
  return answer(call, keep(call, parentOf(item, "organization"), item, given(call.body, "workspaces")));
}

function remove(call: Call, item: Item, { safely = false } = {}): Answer {
  if (safely && Number(item.attributes["resource-count"] ?? 0) > 0) {
    throw new Refusal(409, "conflict", "Workspace has resources under management");
  }
  call.store.drop(item.id, "workspace", "configurable", "subscribable", "sourceable");
  return done;
}

function matches(call: Call, item: Item): boolean {
  const { query, store } = call;
  const name = String(item.attributes["name"]);
  const wanted = (query.get("search[tags]") ?? "").split(",").filter((tag) => tag !== "");
  const project = query.get("filter[project][id]");
  return (
    name.includes(query.get("search[name]") ?? "") &&
    wanted.every((tag) => tagNames(store, item).includes(tag)) &&
    (project === null || parentOf(item, "project") === project)
  );
}

export const workspaceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/organizations/:organization/workspaces",
    answer: (call) => {
      const { id } = call.store.get("organizations", param(call, "organization"));
      const all = call.store.related("workspaces", "organization", id).filter((item) => matches(call, item));
      const sorted = all.toSorted((a, b) =>
        String(a.attributes["name"]) < String(b.attributes["name"]) ? -1 : 1,
      );
      return many(call, sorted, (item) => show(call, item));
    },
  },
  {
    method: "POST",
    path: "/organizations/:organization/workspaces",
    answer: (call) => {
      const { type, id } = call.store.get("organizations", param(call, "organization"));
      const item: Item = {
        type: "workspaces",
        id: newId("workspaces"),
        attributes: {
          "created-at": new Date().toISOString(),
          "resource-count": 0,
          locked: false,
          source: "tfe-api",
        },
        relationships: { organization: { type, id }, tags: [] },
      };
      return answer(call, keep(call, id, item, given(call.body, "workspaces")), 201);
    },
  },
  {
    method: "GET",
    path: "/organizations/:organization/workspaces/:name",
    answer: (call) => answer(call, byName(call)),
  },
  {
    method: "PATCH",
    path: "/organizations/:organization/workspaces/:name",
    answer: (call) => update(call, byName(call)),
  },
  {
    method: "DELETE",
    path: "/organizations/:organization/workspaces/:name",
    answer: (call) => remove(call, byName(call)),
  },
  { method: "GET", path: "/workspaces/:id", answer: (call) => answer(call, byId(call)) },
  { method: "PATCH", path: "/workspaces/:id", answer: (call) => update(call, byId(call)) },
  { method: "DELETE", path: "/workspaces/:id", answer: (call) => remove(call, byId(call)) },
  {
    method: "POST",
    path: "/workspaces/:id/actions/safe-delete",
    answer: (call) => remove(call, byId(call), { safely: true }),
  },
  { method: "POST", path: "/workspaces/:id/actions/lock", answer: (call) => lock(call, true) },
  { method: "POST", path: "/workspaces/:id/actions/unlock", answer: (call) => lock(call, false) },
  {
    method: "GET",
    path: "/workspaces/:id/relationships/remote-state-consumers",
    answer: (call) => many(call, []),
  },
];

const byId = (call: Call): Item => call.store.get("workspaces", param(call, "id"));

function lock(call: Call, locked: boolean): Answer {
  const item = byId(call);
  if (item.attributes["locked"] === locked) {
    throw new Refusal(409, "conflict", `Unable to ${locked ? "lock" : "unlock"} workspace`);
  }
  return answer(call, call.store.put({ ...item, attributes: { ...item.attributes, locked } }));
}
