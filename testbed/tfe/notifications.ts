import { z } from "zod";
import { done, many, one, param, type Call, type Route } from "./call.ts";
import { attributesOf, given } from "./document.ts";
import { newId, type Item } from "./store.ts";

const triggers = [
  ...["created", "planning", "needs_attention", "applying", "completed", "errored"].map(
    (state) => `run:${state}`,
  ),
  ...["drifted", "check_failure", "failed"].map((state) => `assessment:${state}`),
];

const attributes = z.object({
  name: z.string().min(1),
  "destination-type": z.enum(["generic", "slack", "microsoft-teams", "email"]),
  enabled: z.boolean().default(false),
  url: z.url().nullish(),
  token: z.string().nullish(),
  triggers: z
    .array(z.enum(triggers))
    .nullish()
    .transform((list) => list ?? []),
});

/** Terraform Cloud lets any number of them have one name. */
export const notificationRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/workspaces/:id/notification-configurations",
    answer: (call) => {
      const { id } = call.store.get("workspaces", param(call, "id"));
      return many(call, call.store.related("notification-configurations", "subscribable", id));
    },
  },
  {
    method: "POST",
    path: "/workspaces/:id/notification-configurations",
    answer: (call) => {
      const { type, id } = call.store.get("workspaces", param(call, "id"));
      const item = {
        type: "notification-configurations",
        id: newId("notification-configurations"),
        attributes: {
          ...attributesOf(attributes, given(call.body, "notification-configurations").attributes),
          "created-at": new Date().toISOString(),
          "delivery-responses": [],
        },
        relationships: { subscribable: { type, id } },
      };
      return one(call, call.store.put(item), { status: 201 });
    },
  },
  { method: "GET", path: "/notification-configurations/:id", answer: (call) => one(call, itemOf(call)) },
  {
    method: "PATCH",
    path: "/notification-configurations/:id",
    answer: (call) => {
      const item = itemOf(call);
      const sent = given(call.body, "notification-configurations").attributes;
      const changed = attributesOf(attributes, { ...item.attributes, ...sent });
      return one(call, call.store.put({ ...item, attributes: { ...item.attributes, ...changed } }));
    },
  },
  {
    method: "DELETE",
    path: "/notification-configurations/:id",
    answer: (call) => {
      call.store.drop(itemOf(call).id);
      return done;
    },
  },
];

const itemOf = (call: Call): Item => call.store.get("notification-configurations", param(call, "id"));
