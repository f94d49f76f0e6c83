import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { generatePassword } from "../tenantry/generate-password.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { apiOf, listAll, named, path, repositoryPath, serverFrom, system, type Environment } from "./api.ts";
import { eventNames, eventsOnServer, eventsToDeclare } from "./webhook-events.ts";

const inputs = z.strictObject({
  repository: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, "organization/name")
    .optional(),
  organization: z.string().min(1).optional(),
  url: z.string().min(1),
  events: z
    .array(z.enum(eventNames))
    .min(1)
    .transform((events) => eventsToDeclare(eventsOnServer(events))),
  contentType: z.enum(["json", "form"]).default("json"),
  active: z.boolean().default(true),
  branchFilter: z.string().optional(),
  rotation: z.string().optional(),
});
const outputs = inputs.extend({ events: z.array(z.string()), secret: z.string() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;
/** What makes two webhooks the same. */
type Settings = Pick<Outputs, "url" | "events" | "contentType" | "active" | "branchFilter">;

/** The name of all webhooks that are made here, in the lists of people who may change them. */
const ourName = "kept by Tenantry";

const hook = z.object({
  id: z.int(),
  name: z.string().default(""),
  active: z.boolean(),
  events: z.array(z.string()),
  branch_filter: z.string(),
  config: z.object({ url: z.string(), content_type: z.enum(["json", "form"]) }),
});

type Hook = z.output<typeof hook>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Outputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs,
    // The API sets a secret once, when it makes the webhook.
    replaceOn: ["repository", "organization", "rotation"],

    check(_olds, { repository, organization }) {
      if ((repository === undefined) !== (organization === undefined)) return [];
      return [{ property: "", reason: "a webhook has a repository or an organization, one of them" }];
    },

    async create(news) {
      const place = placeOf(news);
      const secret = generatePassword();
      const { thing } = await createOnce({
        find: async (tried) => {
          const found = await findOurs(api, place, news);
          if (tried) return found;
          // Of a try whose secret nobody knows any more.
          if (found !== undefined) await api.delete(`${place}/${found.id}`);
          return undefined;
        },
        make: () => api.post(place, { type: "gitea", ...bodyOf(news, secret) }, hook),
      });
      return { id: String(thing.id), outputs: { ...news, secret } };
    },

    async read(id, state) {
      const found = await named(api, `${placeOf(state)}/${path`${id}`}`, hook);
      return found && { ...state, ...settingsOf(found) };
    },

    async update(id, olds, news) {
      const place = `${placeOf(news)}/${path`${id}`}`;
      if ((await named(api, place, hook)) === undefined)
        throw removedByHand(system, "webhook", `${id} of ${nameOf(news)}`);
      await api.patch(place, bodyOf(news), hook);
      return { ...news, secret: olds.secret };
    },

    delete: (id, state) => api.delete(`${placeOf(state)}/${path`${id}`}`),
  };
}

async function findOurs(api: ApiClient, place: string, news: Inputs): Promise<Hook | undefined> {
  const { url, events, contentType, active, branchFilter } = news;
  const wanted: Settings = { url, events, contentType, active, branchFilter };
  const hooks = await listAll(api, place, hook);
  return hooks.find((each) => each.name === ourName && isDeepStrictEqual(settingsOf(each), wanted));
}

function settingsOf(found: Hook): Settings {
  return {
    url: found.config.url,
    events: eventsToDeclare(found.events),
    contentType: found.config.content_type,
    active: found.active,
    branchFilter: ["", "*"].includes(found.branch_filter) ? undefined : found.branch_filter,
  };
}

function bodyOf({ url, contentType, events, branchFilter, active }: Inputs, secret?: string): object {
  return {
    name: ourName,
    config: { url, content_type: contentType, ...(secret !== undefined && { secret }) },
    events,
    branch_filter: branchFilter ?? "*",
    active,
  };
}

function placeOf({ repository, organization }: Inputs): string {
  return repository === undefined
    ? path`/orgs/${organization ?? ""}/hooks`
    : `${repositoryPath(repository)}/hooks`;
}

const nameOf = ({ repository, organization }: Inputs): string => repository ?? organization ?? "";
