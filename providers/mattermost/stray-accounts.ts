import { z } from "zod";
import { accountName } from "../../schema/account-name.ts";
import { hasService, type Tenant, username } from "../../schema/tenant.ts";
import type { ApiClient } from "../http/api-client.ts";

const found = z.object({ id: z.string() });
const accounts = z.array(z.object({ id: z.string(), username: z.string() }));
type Accounts = z.output<typeof accounts>;

/**
 * The active accounts that no entry of a tenant's file stands for: in its team, in those of its channels that the file
 * names, and under the tenant's name. Channels that people make for themselves, and who is in those, are theirs.
 */
export async function strayAccounts(api: ApiClient, tenant: Tenant): Promise<string[]> {
  const me = await api.get("/users/me", found);
  const everybody = [
    ...peopleIn(tenant),
    ...tenant.collaboration.bots.map(({ name }) => nameOf(tenant, name)),
  ];
  const strays = (there: Accounts, wanted: readonly string[]): string[] =>
    there
      .flatMap((each) => (each.id === me?.id || wanted.includes(each.username) ? [] : each.username))
      .sort();

  const named = strays(await accountsNamed(api, `${tenant.id}_`), everybody);
  const team = await api.get(`/teams/name/${tenant.collaboration.team ?? tenant.id}`, found);
  if (team === undefined) return named.map((name) => `account ${name}`);
  const inTeam = strays(await accountsIn(api, `in_team=${team.id}`), everybody);
  const inChannels = await Promise.all(
    channelsOf(tenant).map(async ({ name, wanted }) => {
      const channel = await api.get(`/teams/${team.id}/channels/name/${name}`, found);
      if (channel === undefined) return [];
      // Whoever is not to be in the team at all was told already.
      const there = strays(await accountsIn(api, `in_channel=${channel.id}`), wanted);
      return there.flatMap((each) => (inTeam.includes(each) ? [] : `account ${each} in channel ${name}`));
    }),
  );
  return [
    ...named.flatMap((name) => (inTeam.includes(name) ? [] : `account ${name}`)),
    ...inTeam.map((name) => `account ${name} in the team`),
    ...inChannels.flat(),
  ];
}

/** The file's channels, with the names of the accounts that it puts into them. */
function channelsOf(tenant: Tenant): { readonly name: string; readonly wanted: readonly string[] }[] {
  const { channels, bots } = tenant.collaboration;
  const botsIn = (channel: string): string[] =>
    bots.flatMap((bot) => (bot.channels.includes(channel) ? nameOf(tenant, bot.name) : []));
  return [
    ...tenant.teams.map(({ id }) => ({ name: id, wanted: [...peopleIn(tenant, id), ...botsIn(id)] })),
    ...channels.map(({ name }) => ({ name, wanted: [...peopleIn(tenant), ...botsIn(name)] })),
  ];
}

/** The names of the accounts of the tenant's people, or of those in one of its teams. */
function peopleIn(tenant: Tenant, team?: string): string[] {
  return tenant.users
    .filter((user) => hasService(tenant, user, "collaboration"))
    .filter(({ teams }) => team === undefined || teams.includes(team))
    .map((user) => nameOf(tenant, username(user)));
}

function nameOf({ id }: Tenant, name: string): string {
  return accountName("collaboration", id, name);
}

/** The most that a search gives; the server has no pages for it. */
const searchLimit = 1000;

async function accountsNamed(api: ApiClient, prefix: string): Promise<Accounts> {
  const term = { term: prefix, limit: searchLimit, allow_inactive: false };
  const there = await api.post("/users/search", term, accounts, { repeatable: true });
  return there.filter((each) => each.username.startsWith(prefix));
}

const pageSize = 200;

async function accountsIn(api: ApiClient, place: string): Promise<Accounts> {
  const there: Accounts = [];
  for (let page = 0; ; page += 1) {
    const path = `/users?${place}&active=true&page=${page}&per_page=${pageSize}`;
    const next = (await api.get(path, accounts)) ?? [];
    there.push(...next);
    if (next.length < pageSize) return there;
  }
}
