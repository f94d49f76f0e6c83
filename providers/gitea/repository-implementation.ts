import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { notOurs } from "../ownership.ts";
import { removedByHand } from "../removed-by-hand.ts";
import {
  apiOf,
  hasStatus,
  named,
  path,
  repositoryPath,
  serverFrom,
  system,
  type Environment,
} from "./api.ts";
import { branchProtection } from "./branch-protection.ts";
import { labels } from "./labels.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readRepository, repository, settleRepository, type Repository } from "./repository-settings.ts";

const inputs = z.strictObject({
  organization: z.string().min(1),
  name: z.string().min(1),
  description: z.string().default(""),
  private: z.boolean().default(true),
  template: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, "owner/name")
    .optional(),
  defaultBranch: z.string().min(1).default("main"),
  topics: z
    .array(z.string().min(1))
    .transform((topics) => [...new Set(topics.map((topic) => topic.trim().toLowerCase()))].sort())
    .default([]),
  labels: labels.default([]),
  archived: z.boolean().default(false),
  branchProtection: branchProtection.optional(),
  adopt: z.boolean().default(false),
});
const outputs = inputs.extend({ htmlUrl: z.string(), cloneUrl: z.string(), sshUrl: z.string() });

export type RepositoryInputs = z.output<typeof inputs>;
export type RepositoryOutputs = z.output<typeof outputs>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<RepositoryInputs, RepositoryOutputs> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  const byId = (id: string): Promise<Repository | undefined> =>
    api.get(path`/repositories/${id}`, repository);
  /** Elsewhere than in its organization it is out of our hands. */
  const ours = async (id: string, { organization }: RepositoryInputs): Promise<Repository | undefined> => {
    const found = await byId(id);
    return found?.owner.login.toLowerCase() === organization.toLowerCase() ? found : undefined;
  };

  return {
    inputs,
    outputs,
    replaceOn: ["organization"],

    async create(news) {
      const { thing } = await createOnce({ find: () => findOurs(api, news), make: () => make(api, news) });
      const { id } = thing;
      return { id: String(id), outputs: await settle(String(id), undefined, news) };
    },

    async read(id, state) {
      const found = await ours(id, state);
      return found && { ...(await readRepository(api, found, state)), ...addressesOf(found) };
    },

    update: (id, olds, news) => settle(id, olds, news),

    async delete(id, state) {
      const found = await ours(id, state);
      if (found !== undefined) await api.delete(repositoryPath(found.full_name));
    },
  };

  async function settle(
    id: string,
    olds: RepositoryInputs | undefined,
    news: RepositoryInputs,
  ): Promise<RepositoryOutputs> {
    const before = await ours(id, news);
    if (before === undefined) throw removedByHand(system, "repository", news.name);
    await oneAtATime(`${server.url} ${before.full_name}`, () =>
      settleRepository(api, before, olds?.branchProtection, news),
    );
    const after = await ours(id, news);
    if (after === undefined) throw removedByHand(system, "repository", news.name);
    return { ...news, ...addressesOf(after) };
  }
}

/**
 * The repository of this name. Gitea has no place for a mark that people don't read, so in our own organization one
 * counts as made by an earlier try of ours while nobody used it: as described, at most its first commit, no issues,
 * pull requests or releases. Any other is somebody's work.
 */
async function findOurs(api: ApiClient, news: RepositoryInputs): Promise<Repository | undefined> {
  const place = repositoryPath(`${news.organization}/${news.name}`);
  const found = await named(api, place, repository);
  if (found === undefined || news.adopt) return found;
  const unused = found.description === news.description && (await isUnused(api, place));
  if (unused) return found;
  throw notOurs(system, "repository", `repository ${news.name} in ${news.organization}`);
}

async function isUnused(api: ApiClient, place: string): Promise<boolean> {
  const some = z.array(z.unknown());
  const [commits, issues, releases] = await Promise.all([
    // An empty repository has no commits to list: 409.
    api.get(`${place}/commits?limit=2&stat=false&files=false`, some).catch((error: unknown) => {
      if (hasStatus(error, 409)) return [];
      throw error;
    }),
    api.get(`${place}/issues?state=all&limit=1`, some),
    api.get(`${place}/releases?limit=1`, some),
  ]);
  return [commits?.slice(1), issues, releases].every((each) => (each ?? []).length === 0);
}

async function make(api: ApiClient, news: RepositoryInputs): Promise<Repository> {
  const { organization, name, description, template, defaultBranch } = news;
  const body = { name, description, private: news.private, default_branch: defaultBranch };
  if (template === undefined) {
    return api.post(path`/orgs/${organization}/repos`, { ...body, auto_init: true }, repository);
  }
  try {
    const content = { owner: organization, git_content: true };
    return await api.post(`${repositoryPath(template)}/generate`, { ...body, ...content }, repository);
  } catch (error) {
    if (!hasStatus(error, 404, 422)) throw error;
    throw new Failure(
      "template-missing",
      `no repository ${name} from the template ${template}: ${error.message}`,
      {
        system,
        fix: `check that ${template} is there and is marked as a template in its settings`,
        cause: error,
      },
    );
  }
}

function addressesOf(found: Repository): Pick<RepositoryOutputs, "htmlUrl" | "cloneUrl" | "sshUrl"> {
  return { htmlUrl: found.html_url, cloneUrl: found.clone_url, sshUrl: found.ssh_url };
}
