import { createHash } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { apiOf, serverFrom, system, withMeanings, type Environment } from "./api.ts";
import { requireSetting } from "./capability.ts";
import { hiding } from "./hiding.ts";
import { withMark, withoutMark } from "./mark.ts";

const inputs = z.strictObject({
  channel: z.string().min(1),
  displayName: z.string().min(1).max(64),
  description: z.string().max(400).default(""),
  username: z.string().min(1).max(64).optional(),
  locked: z.boolean().default(true),
  /** Behind the description: a webhook has no other place for it. */
  mark: z.string(),
});
const outputs = inputs.extend({ url: z.string() });

export type WebhookInputs = z.output<typeof inputs>;
export type WebhookOutputs = z.output<typeof outputs>;

const hook = z.object({
  id: z.string(),
  channel_id: z.string(),
  display_name: z.string(),
  description: z.string(),
  username: z.string(),
  channel_locked: z.boolean(),
});

type Hook = z.output<typeof hook>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<WebhookInputs, WebhookOutputs> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  const addressOf = (id: string): string => `${server.url}/hooks/${id}`;

  return {
    inputs,
    outputs,
    replaceOn: [],

    create: (news) =>
      withMeanings(refusals, async () => {
        if (news.username !== undefined) await requireOwnNames(api);
        const { thing, isNew } = await createOnce({
          find: () => withMeanings(refusals, () => findOurs(api, news)),
          make: () => api.post("/hooks/incoming", bodyOf(news), hook),
        });
        const found = isNew ? thing : await change(api, thing.id, news);
        const id = createHash("sha256").update(found.id).digest("hex").slice(0, 26);
        return { id, outputs: { ...news, url: addressOf(found.id) } };
      }),

    read: (_id, state) =>
      withMeanings(refusals, async () => {
        const id = hookId(state);
        const found = await hiding(id, () => api.get(`/hooks/incoming/${id}`, hook));
        return found && { ...asFound(found), url: addressOf(id) };
      }),

    update: (_id, olds, news) =>
      withMeanings(refusals, async () => {
        if (news.username !== undefined) await requireOwnNames(api);
        const { id } = await change(api, hookId(olds), news);
        return { ...news, url: addressOf(id) };
      }),

    delete: (_id, state) =>
      withMeanings(refusals, () => {
        const id = hookId(state);
        return hiding(id, () => api.delete(`/hooks/incoming/${id}`));
      }),
  };
}

const pageSize = 200;

/** The one of an earlier try: its channel, its name and our mark say so. */
async function findOurs(
  api: ApiClient,
  { channel, displayName, mark }: WebhookInputs,
): Promise<Hook | undefined> {
  const place = await api.get(`/channels/${channel}`, z.object({ team_id: z.string() }));
  if (place === undefined) return undefined;
  const page = (number: number): Promise<Hook[] | undefined> =>
    api.get(
      `/hooks/incoming?team_id=${place.team_id}&page=${number}&per_page=${pageSize}`,
      z
        .array(hook)
        .nullable()
        .transform((hooks) => hooks ?? []),
    );
  for (let number = 0; ; number += 1) {
    const hooks = (await page(number)) ?? [];
    const ours = hooks.find(
      (each) =>
        each.channel_id === channel &&
        each.display_name === displayName &&
        withoutMark(each.description).mark === mark,
    );
    if (ours !== undefined || hooks.length < pageSize) return ours;
  }
}

function change(api: ApiClient, id: string, news: WebhookInputs): Promise<Hook> {
  return hiding(id, () => api.put(`/hooks/incoming/${id}`, { id, ...bodyOf(news) }, hook));
}

function bodyOf({ channel, displayName, description, username, locked, mark }: WebhookInputs): object {
  return {
    channel_id: channel,
    display_name: displayName,
    description: withMark(description, mark),
    username: username ?? "",
    channel_locked: locked,
  };
}

function asFound(found: Hook): WebhookInputs {
  return {
    channel: found.channel_id,
    displayName: found.display_name,
    username: found.username === "" ? undefined : found.username,
    locked: found.channel_locked,
    ...withoutMark(found.description),
  };
}

/** The server's id of a webhook is the end of its address, and as secret. */
function hookId({ url }: WebhookOutputs): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

function requireOwnNames(api: ApiClient): Promise<void> {
  return requireSetting(api, "EnablePostUsernameOverride", "webhooks to post under a name of their own");
}

const refusals = {
  "api.incoming_webhook.disabled.app_error": () =>
    new Failure("capability-missing", "the server does not allow incoming webhooks", {
      system,
      fix: "turn on ServiceSettings.EnableIncomingWebhooks at the server",
    }),
};
