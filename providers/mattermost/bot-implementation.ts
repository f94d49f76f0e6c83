import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import {
  account,
  accountById,
  accountByName,
  endAccess,
  extraRoles,
  markOn,
  propsWithMark,
  revokeTokens,
  setRoles,
  type Account,
} from "./account.ts";
import { apiOf, makeNamed, serverFrom, system, withMeanings, type Environment } from "./api.ts";
import { username } from "./user-inputs.ts";

const inputs = z.strictObject({
  username,
  displayName: z.string().max(64),
  description: z.string().max(1024).default(""),
  rotation: z.string().optional(),
  adopt: z.boolean().default(false),
  mark: z.string(),
  enabled: z.boolean().default(true),
  /** Always. In what is read, whether somebody revoked or disabled its token. */
  tokenWorks: z.boolean().default(true),
  /** None. In what is read, the roles on the whole server that somebody gave by hand. */
  extraRoles: z.array(z.string()).default([]),
});
const outputs = inputs.extend({ tokenId: z.string(), token: z.string() });

export type BotInputs = z.output<typeof inputs>;
export type BotOutputs = z.output<typeof outputs>;

const bot = z.object({
  user_id: z.string(),
  username: z.string(),
  display_name: z.string(),
  description: z.string().default(""),
  owner_id: z.string(),
  delete_at: z.number(),
});

type Bot = z.output<typeof bot>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<BotInputs, BotOutputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs,
    replaceOn: [],

    async create(news) {
      const { thing: found } = await withMeanings(refusals, () =>
        createOnce({ find: () => findOurs(api, news), make: () => make(api, news) }),
      );
      await settle(api, found, news);
      const token = await newToken(api, found.user_id, news);
      await disableUnless(api, found.user_id, news);
      return { id: found.user_id, outputs: { ...news, ...token } };
    },

    async read(id, state) {
      const [found, user] = await Promise.all([botById(api, id), accountById(api, id)]);
      if (found === undefined || user === undefined) return undefined;
      return {
        username: found.username,
        displayName: found.display_name,
        description: found.description,
        rotation: state.rotation,
        adopt: state.adopt,
        mark: markOn(user),
        enabled: found.delete_at === 0,
        tokenWorks: await tokenWorks(api, state.tokenId),
        extraRoles: extraRoles(user),
        tokenId: state.tokenId,
        token: state.token,
      };
    },

    async update(id, olds, news) {
      const found = await botById(api, id);
      if (found === undefined) throw removedByHand(system, "bot", news.username);
      await settle(api, found, news);
      const keep = news.rotation === olds.rotation && (await tokenWorks(api, olds.tokenId));
      const { tokenId, token } = keep ? olds : await newToken(api, id, news);
      await disableUnless(api, id, news);
      return { ...news, tokenId, token };
    },

    async delete(id) {
      const found = await botById(api, id);
      if (found === undefined) return;
      await endAccess(api, id);
      await disableUnless(api, id, { enabled: false });
    },
  };
}

function botById(api: ApiClient, id: string): Promise<Bot | undefined> {
  return api.get(`/bots/${id}?include_deleted=true`, bot);
}

async function findOurs(api: ApiClient, news: BotInputs): Promise<Bot | undefined> {
  const { username: name, mark, adopt } = news;
  const user = await accountByName(api, name);
  if (user === undefined) return undefined;
  const found = await botById(api, user.id);
  if (found === undefined) {
    throw new Failure("username-taken", `${name} is a person's account`, {
      system,
      fix: "choose another name",
    });
  }
  const fresh = markOn(user) === "" && (await isFresh(api, found, news));
  if (!fresh) requireOurs({ system, thing: "bot", name, found: markOn(user), mark, adopt });
  return found;
}

/** What a try leaves that ended before the bot was marked: as declared, made by our own account, never used. */
async function isFresh(api: ApiClient, found: Bot, news: BotInputs): Promise<boolean> {
  if (found.display_name !== news.displayName || found.description !== news.description) return false;
  const [me, tokens] = await Promise.all([
    api.get("/users/me", z.object({ id: z.string() })),
    api.get(`/users/${found.user_id}/tokens`, z.array(z.unknown())),
  ]);
  return found.owner_id === me?.id && tokens?.length === 0;
}

function make(api: ApiClient, news: BotInputs): Promise<Bot> {
  return makeNamed([taken], () => api.post("/bots", profileOf(news), bot));
}

function profileOf({ username: name, displayName, description }: BotInputs): object {
  return { username: name, display_name: displayName, description };
}

async function settle(api: ApiClient, found: Bot, news: BotInputs): Promise<void> {
  const id = found.user_id;
  const user = await accountById(api, id);
  if (user === undefined) throw removedByHand(system, "bot", news.username);
  const same =
    found.username === news.username &&
    found.display_name === news.displayName &&
    found.description === news.description;
  if (!same) await withMeanings(refusals, () => api.put(`/bots/${id}`, profileOf(news), bot));
  if (markOn(user) !== news.mark) await mark(api, user, news.mark);
  if (extraRoles(user).length > 0) await setRoles(api, id, []);
  if (news.enabled && found.delete_at !== 0)
    await api.post(`/bots/${id}/enable`, {}, bot, { repeatable: true });
}

/** A disabled bot keeps its token, which lets nobody in until the bot is enabled. */
async function disableUnless(
  api: ApiClient,
  id: string,
  { enabled }: Pick<BotInputs, "enabled">,
): Promise<void> {
  if (!enabled) await api.post(`/bots/${id}/disable`, {}, bot, { repeatable: true });
}

async function mark(api: ApiClient, { id, props }: Account, text: string): Promise<void> {
  await api.put(`/users/${id}/patch`, { props: propsWithMark(text, props) }, account);
}

async function tokenWorks(api: ApiClient, id: string): Promise<boolean> {
  const token = await api.get(`/users/tokens/${id}`, z.object({ is_active: z.boolean() }));
  return token?.is_active ?? false;
}

/** The server shows a token once. One whose answer got lost is revoked before the next try. */
async function newToken(
  api: ApiClient,
  id: string,
  { mark: description }: BotInputs,
): Promise<Pick<BotOutputs, "tokenId" | "token">> {
  const none = (): Promise<undefined> => revokeTokens(api, id).then(() => undefined);
  const shape = z.object({ id: z.string(), token: z.string() });
  const { thing } = await createOnce({
    find: none,
    make: () => api.post(`/users/${id}/tokens`, { description }, shape),
  });
  return { tokenId: thing.id, token: thing.token };
}

/** What the server says about a name that another account has. */
const taken = "app.user.save.username_exists.app_error";

const refusals = {
  [taken]: () =>
    new Failure("username-taken", "the username is another account's", {
      system,
      fix: "choose another name",
    }),
  "api.bot.create_disabled": () =>
    new Failure("capability-missing", "the server does not let anybody make bots", {
      system,
      fix: "turn on ServiceSettings.EnableBotAccountCreation at the server",
    }),
};
