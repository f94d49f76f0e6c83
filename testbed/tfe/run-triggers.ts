import { done, many, one, param, type Route } from "./call.ts";
import { given, parentOf, related } from "./document.ts";
import { invalid, Refusal } from "./refusal.ts";
import { newId, type Item } from "./store.ts";

export const runTriggerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/workspaces/:id/run-triggers",
    answer: (call) => {
      const { id } = call.store.get("workspaces", param(call, "id"));
      const direction = call.query.get("filter[run-trigger][type]");
      if (direction === "inbound") return many(call, call.store.related("run-triggers", "workspace", id));
      if (direction === "outbound") return many(call, call.store.related("run-triggers", "sourceable", id));
      throw new Refusal(400, "bad request", "filter[run-trigger][type] must be inbound or outbound");
    },
  },
  {
    method: "POST",
    path: "/workspaces/:id/run-triggers",
    answer: (call) => {
      const workspace = call.store.get("workspaces", param(call, "id"));
      const source = related(call.store, given(call.body, "run-triggers"), "sourceable");
      if (source === undefined) throw invalid("sourceable", "can't be blank");
      const others = call.store.related("run-triggers", "workspace", workspace.id);
      if (others.some((each) => parentOf(each, "sourceable") === source.id)) {
        throw invalid("sourceable", "has already been taken");
      }
      const item: Item = {
        type: "run-triggers",
        id: newId("run-triggers"),
        attributes: {
          "workspace-name": workspace.attributes["name"],
          "sourceable-name": call.store.get("workspaces", source.id).attributes["name"],
          "created-at": new Date().toISOString(),
        },
        relationships: { workspace: { type: "workspaces", id: workspace.id }, sourceable: source },
      };
      return one(call, call.store.put(item), { status: 201 });
    },
  },
  {
    method: "GET",
    path: "/run-triggers/:id",
    answer: (call) => one(call, call.store.get("run-triggers", param(call, "id"))),
  },
  {
    method: "DELETE",
    path: "/run-triggers/:id",
    answer: (call) => {
      call.store.drop(call.store.get("run-triggers", param(call, "id")).id);
      return done;
    },
  },
];
