import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { apiOf, listAll, path, serverFrom, system, type Environment } from "./api.ts";

const inputs = z.strictObject({
  workspace: z.string().min(1),
  name: z.string().min(1),
  url: z.string().min(1),
  token: z.string().min(1),
  triggers: z
    .array(z.string())
    .min(1)
    .transform((triggers) => triggers.toSorted()),
  enabled: z.boolean().default(true),
});

type Inputs = z.output<typeof inputs>;

const configuration = z.object({
  id: z.string(),
  attributes: z.object({
    name: z.string(),
    url: z.string(),
    enabled: z.boolean(),
    triggers: z.array(z.string()),
  }),
});
const one = z.object({ data: configuration });

/** How our own are told from those that somebody made by hand. */
const mark = " (Tenantry)";

/** Makes the implementation with the token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Inputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["workspace"],

    async create(news) {
      const place = path`/workspaces/${news.workspace}/notification-configurations`;
      const { thing } = await createOnce({
        find: () => keepOne(api, place, news),
        make: () => api.post(place, bodyOf(news), one),
      });
      return { id: thing.data.id, outputs: news };
    },

    async read(id, state) {
      const found = await api.get(placeOf(id), one);
      if (found === undefined) return undefined;
      const { name, url, enabled, triggers } = found.data.attributes;
      const ownName = name.endsWith(mark) ? name.slice(0, -mark.length) : name;
      return { ...state, name: ownName, url, enabled, triggers: triggers.toSorted() };
    },

    async update(id, _olds, news) {
      if ((await api.get(placeOf(id), one)) === undefined)
        throw removedByHand(system, "notification", news.name);
      await api.patch(placeOf(id), bodyOf(news), one);
      return news;
    },

    delete: (id) => api.delete(placeOf(id)),
  };
}

/** What an earlier try made becomes what is wanted; of several, one is kept. */
async function keepOne(
  api: ApiClient,
  place: string,
  news: Inputs,
): Promise<z.output<typeof one> | undefined> {
  const all = await listAll(api, place, configuration);
  const [kept, ...others] = all.filter(({ attributes }) => attributes.name === news.name + mark);
  for (const { id } of others) await api.delete(placeOf(id));
  return kept && (await api.patch(placeOf(kept.id), bodyOf(news), one));
}

const placeOf = (id: string): string => path`/notification-configurations/${id}`;

function bodyOf({ name, url, token, triggers, enabled }: Inputs): object {
  const attributes = { name: name + mark, "destination-type": "generic", url, triggers, enabled, token };
  return { data: { type: "notification-configurations", attributes } };
}
