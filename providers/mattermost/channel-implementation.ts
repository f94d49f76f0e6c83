import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import {
  apiOf,
  makeNamed,
  serverFrom,
  system,
  unlessRefused,
  withMeanings,
  type Environment,
} from "./api.ts";

const inputs = z.strictObject({
  team: z.string().min(1),
  name: z.string().regex(/^[a-z0-9_-]{1,64}$/, "1 to 64 of a-z, 0-9, - and _"),
  displayName: z.string().trim().min(1).max(64),
  type: z.enum(["open", "private"]).default("private"),
  purpose: z.string().max(250).default(""),
  header: z.string().max(1024).default(""),
  adopt: z.boolean().default(false),
  /** A channel has no field for it: it is the mark of its team. */
  mark: z.string(),
});

export type ChannelInputs = z.output<typeof inputs>;

const channel = z.object({
  id: z.string(),
  team_id: z.string(),
  name: z.string(),
  display_name: z.string(),
  type: z.enum(["O", "P"]),
  purpose: z.string(),
  header: z.string(),
  creator_id: z.string(),
  delete_at: z.number(),
});

type Channel = z.output<typeof channel>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<ChannelInputs, ChannelInputs> {
  const api = apiOf(serverFrom(environment));
  const read = (id: string): Promise<Channel | undefined> => api.get(`/channels/${id}`, channel);

  return {
    inputs,
    outputs: inputs,
    replaceOn: ["team"],

    async create(news) {
      const { thing: found } = await withMeanings({ [taken]: () => exists(news) }, () =>
        createOnce({ find: () => findOurs(api, news), make: () => make(api, news) }),
      );
      await settle(api, found, news);
      return { id: found.id, outputs: news };
    },

    async read(id, state) {
      const found = await read(id);
      return found?.delete_at === 0 ? asFound(found, state) : undefined;
    },

    async update(id, _olds, news) {
      const found = await read(id);
      if (found === undefined) throw removedByHand(system, "channel", news.name);
      await settle(api, found, news);
      return news;
    },

    delete: (id) =>
      unlessRefused(
        api.delete(`/channels/${id}`),
        "api.channel.delete_channel.deleted.app_error",
        // The channel that everybody of a team is in stays as long as the team.
        "api.channel.delete_channel.cannot.app_error",
      ),
  };
}

async function findOurs(
  api: ApiClient,
  { team, name, mark, adopt }: ChannelInputs,
): Promise<Channel | undefined> {
  const found = await api.get(`/teams/${team}/channels/name/${name}?include_deleted=true`, channel);
  if (found !== undefined) {
    requireOurs({ system, thing: "channel", name, found: await markOn(api, found), mark, adopt });
  }
  return found;
}

/** A channel that Tenantry's account made in a tenant's team is that tenant's. */
async function markOn(api: ApiClient, { creator_id: creator, team_id: team }: Channel): Promise<string> {
  const [me, itsTeam] = await Promise.all([
    api.get("/users/me", z.object({ id: z.string() })),
    api.get(`/teams/${team}`, z.object({ company_name: z.string() })),
  ]);
  return creator === me?.id ? (itsTeam?.company_name ?? "") : "";
}

/** What the server says about a name that another channel of the team has, perhaps an archived one. */
const taken = "store.sql_channel.save_channel.exists.app_error";

function exists({ name }: ChannelInputs): Failure {
  return new Failure("channel-exists", `a channel ${name} exists in the team already, perhaps archived`, {
    system,
    fix: "choose another name, or rename the other channel",
  });
}

function make(api: ApiClient, news: ChannelInputs): Promise<Channel> {
  const body = { team_id: news.team, type: typeOf(news), ...patchOf(news) };
  return makeNamed([taken], () => api.post("/channels", body, channel));
}

async function settle(api: ApiClient, found: Channel, news: ChannelInputs): Promise<void> {
  const path = `/channels/${found.id}`;
  if (found.delete_at !== 0) {
    const restore = api.post(`${path}/restore`, {}, channel, { repeatable: true });
    await unlessRefused(restore, "api.channel.restore_channel.restored.app_error");
  }
  const privacy = typeOf(news);
  if (found.type !== privacy) await api.put(`${path}/privacy`, { privacy }, channel);
  const now = asFound(found, news);
  const same =
    now.name === news.name &&
    now.displayName === news.displayName &&
    now.purpose === news.purpose &&
    now.header === news.header;
  if (same) return;
  await withMeanings({ [taken]: () => exists(news) }, () => api.put(`${path}/patch`, patchOf(news), channel));
}

function typeOf({ type }: ChannelInputs): Channel["type"] {
  return type === "open" ? "O" : "P";
}

function patchOf({ name, displayName, purpose, header }: ChannelInputs): object {
  return { name, display_name: displayName, purpose, header };
}

function asFound(found: Channel, { adopt, mark }: ChannelInputs): ChannelInputs {
  return {
    team: found.team_id,
    name: found.name,
    displayName: found.display_name,
    type: found.type === "O" ? "open" : "private",
    purpose: found.purpose,
    header: found.header,
    adopt,
    mark,
  };
}
