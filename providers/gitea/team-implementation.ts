import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { notOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { apiOf, listAll, path, refusalOf, serverFrom, system, type Environment } from "./api.ts";
import { describePermission, permissionNames, unitsOf } from "./team-units.ts";

const inputs = z.strictObject({
  organization: z.string().min(1),
  name: z.string().min(1),
  description: z.string().default(""),
  permission: z.string().regex(permissionNames, "read, write or admin").default("read"),
  allRepositories: z.boolean().default(false),
  createRepositories: z.boolean().default(false),
  repositories: z
    .array(z.string())
    .transform((names) => [...new Set(names)].sort())
    .default([]),
  adopt: z.boolean().default(false),
});
/** `permission`: where somebody changed it for parts only, which and how. */
const outputs = inputs.extend({ permission: z.string() });

type Inputs = z.output<typeof inputs>;

const team = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  permission: z.string(),
  units_map: z.record(z.string(), z.string()),
  includes_all_repositories: z.boolean(),
  can_create_org_repo: z.boolean(),
});
const repository = z.object({ name: z.string() });

type Team = z.output<typeof team>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Inputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs,
    outputs,
    replaceOn: ["organization"],

    async create(news) {
      requireNotOwners(news);
      const { thing } = await createOnce({ find: () => findOurs(api, news), make: () => make(api, news) });
      const { id } = thing;
      await settle(api, id, news);
      return { id: String(id), outputs: news };
    },

    async read(id, state) {
      const found = await api.get(path`/teams/${id}`, team);
      return found && asFound(api, found, state);
    },

    async update(id, _olds, news) {
      requireNotOwners(news);
      const found = await api.get(path`/teams/${id}`, team);
      if (found === undefined) throw removedByHand(system, "team", news.name);
      await settle(api, found.id, news);
      return news;
    },

    delete: (id) => api.delete(path`/teams/${id}`),
  };
}

/**
 * The team of this name. Gitea has no place for a mark but the description that people read, so a team counts as made by
 * an earlier try of ours when it is as declared and nobody was ever put in it.
 */
async function findOurs(api: ApiClient, news: Inputs): Promise<Team | undefined> {
  const teams = await listAll(api, path`/orgs/${news.organization}/teams`, team);
  const found = teams.find(({ name }) => name.toLowerCase() === news.name.toLowerCase());
  if (found === undefined || news.adopt) return found;
  const now = await asFound(api, found, news);
  const fitting =
    now.name === news.name &&
    now.description === news.description &&
    now.permission === news.permission &&
    now.createRepositories === news.createRepositories &&
    now.allRepositories === news.allRepositories &&
    now.repositories.every((name) => news.repositories.includes(name));
  const members = await listAll(api, path`/teams/${found.id}/members`, z.object({ login: z.string() }));
  if (!fitting || members.length > 0)
    throw notOurs(system, "team", `team ${news.name} in ${news.organization}`);
  return found;
}

async function make(api: ApiClient, news: Inputs): Promise<Team> {
  try {
    return await api.post(path`/orgs/${news.organization}/teams`, bodyOf(news), team);
  } catch (error) {
    if (refusalOf(error)?.startsWith("team already exists") !== true) throw error;
    throw new ApiFailure("conflict", `a team ${news.name} exists already`, { system, cause: error });
  }
}

async function settle(api: ApiClient, id: number, news: Inputs): Promise<void> {
  const { organization, repositories } = news;
  await api.patch(path`/teams/${id}`, bodyOf(news), team);
  if (news.allRepositories) return;
  const present = (await listAll(api, path`/teams/${id}/repos`, repository)).map(({ name }) => name);
  for (const name of present.filter((each) => !repositories.includes(each))) {
    await api.delete(path`/teams/${id}/repos/${organization}/${name}`);
  }
  for (const name of repositories.filter((each) => !present.includes(each))) {
    await api.put(path`/teams/${id}/repos/${organization}/${name}`, {}, z.unknown());
  }
}

function bodyOf(news: Inputs): object {
  return {
    name: news.name,
    description: news.description,
    permission: news.permission,
    units_map: unitsOf(news.permission),
    includes_all_repositories: news.allRepositories,
    can_create_org_repo: news.createRepositories,
  };
}

async function asFound(api: ApiClient, found: Team, state: Inputs): Promise<Inputs> {
  const all = found.includes_all_repositories;
  const repositories = all ? [] : await listAll(api, path`/teams/${found.id}/repos`, repository);
  return {
    organization: state.organization,
    name: found.name,
    description: found.description,
    permission: describePermission(found),
    allRepositories: all,
    createRepositories: found.can_create_org_repo,
    repositories: all ? state.repositories : repositories.map(({ name }) => name).sort(),
    adopt: state.adopt,
  };
}

/** Who owns an organization is nobody's team: Gitea gives that one all rights and lets nobody delete it. */
function requireNotOwners({ name, organization }: Inputs): void {
  if (name.toLowerCase() !== "owners") return;
  throw new Failure("team-not-ours", `every organization has its own team Owners, ${organization} too`, {
    system,
    fix: "choose another name",
  });
}
