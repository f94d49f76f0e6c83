import { createHash } from "node:crypto";
import { z } from "zod";
import { many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given, shown } from "./document.ts";
import { invalid, notFound, Refusal } from "./refusal.ts";
import { idsOf, newId, type Item } from "./store.ts";

const attributes = z.object({
  serial: z.int(),
  md5: z.string(),
  state: z.string(),
  lineage: z.string().optional(),
});

/** What of Terraform's state file (version 4) counts here. */
const stateFile = z.object({
  terraform_version: z.string().default(""),
  outputs: z
    .record(
      z.string(),
      z.object({ value: z.unknown(), type: z.unknown(), sensitive: z.boolean().default(false) }),
    )
    .default({}),
  resources: z.array(z.unknown()).default([]),
});

function currentOf(call: Call): Item {
  const { id } = call.store.get("workspaces", param(call, "id"));
  const latest = call.store.related("state-versions", "workspace", id).at(-1);
  if (latest === undefined) throw notFound();
  return latest;
}

/** Outputs are kept for each version; in lists the values of sensitive ones are left out. */
function outputsOf(call: Call, version: Item): ReturnType<typeof many> {
  const outputs = idsOf(version, "outputs").map((id) => call.store.get("state-version-outputs", id));
  return many(call, outputs, (item) => {
    const hidden =
      item.attributes["sensitive"] === true ? { ...item.attributes, value: null } : item.attributes;
    return shown({ ...item, attributes: hidden });
  });
}

function create(call: Call): ReturnType<typeof one> {
  const workspace = call.store.get("workspaces", param(call, "id"));
  if (workspace.attributes["locked"] !== true) {
    throw new Refusal(409, "conflict", "Workspace must be locked by the user to create a state version");
  }
  const sent = attributesOf(attributes, given(call.body, "state-versions").attributes);
  const bytes = Buffer.from(sent.state, "base64");
  if (createHash("md5").update(bytes).digest("hex") !== sent.md5)
    throw invalid("md5", "does not match the state");
  const state = stateFile.parse(JSON.parse(bytes.toString("utf8")));
  const outputs = Object.entries(state.outputs).map(([name, { value, type, sensitive }]) => {
    const made = { type: "state-version-outputs", id: newId("state-version-outputs") };
    const kind = typeof type === "string" ? type : "array";
    call.store.put({
      ...made,
      attributes: { name, value, sensitive, type: kind, "detailed-type": type },
      relationships: {},
    });
    return made;
  });
  const count = state.resources.length;
  call.store.put({ ...workspace, attributes: { ...workspace.attributes, "resource-count": count } });
  const item: Item = {
    type: "state-versions",
    id: newId("state-versions"),
    attributes: {
      serial: sent.serial,
      "created-at": new Date().toISOString(),
      "terraform-version": state.terraform_version,
      "resources-processed": true,
      status: "finalized",
    },
    relationships: { workspace: { type: "workspaces", id: workspace.id }, outputs },
  };
  return one(call, call.store.put(item), { status: 201 });
}

export const stateVersionRoutes: readonly Route[] = [
  { method: "POST", path: "/workspaces/:id/state-versions", answer: create },
  {
    method: "GET",
    path: "/workspaces/:id/current-state-version",
    answer: (call) => one(call, currentOf(call)),
  },
  {
    method: "GET",
    path: "/workspaces/:id/current-state-version-outputs",
    answer: (call) => outputsOf(call, currentOf(call)),
  },
  {
    method: "GET",
    path: "/state-versions/:id/outputs",
    answer: (call) => outputsOf(call, call.store.get("state-versions", param(call, "id"))),
  },
  {
    method: "GET",
    path: "/state-version-outputs/:id",
    answer: (call) => one(call, call.store.get("state-version-outputs", param(call, "id"))),
  },
];
