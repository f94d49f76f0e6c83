import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import { path, repositoryPath } from "./api.ts";
import {
  readProtection,
  removeProtection,
  writeProtection,
  type BranchProtection,
} from "./branch-protection.ts";
import { readLabels, writeLabels } from "./labels.ts";
import type { RepositoryInputs } from "./repository-implementation.ts";

export const repository = z.object({
  id: z.int(),
  name: z.string(),
  full_name: z.string(),
  owner: z.object({ login: z.string() }),
  description: z.string(),
  private: z.boolean(),
  default_branch: z.string(),
  archived: z.boolean(),
  html_url: z.string(),
  clone_url: z.string(),
  ssh_url: z.string(),
});

export type Repository = z.output<typeof repository>;

const topics = z.object({ topics: z.array(z.string()).nullable() });

/** The repository in the words of the inputs. Of branch rules only the declared one's: others are people's own. */
export async function readRepository(
  api: ApiClient,
  found: Repository,
  state: RepositoryInputs,
): Promise<RepositoryInputs> {
  const place = repositoryPath(found.full_name);
  const branch = state.branchProtection?.branch;
  const [named, labels, protection] = await Promise.all([
    api.get(`${place}/topics?limit=50`, topics),
    readLabels(api, place),
    branch === undefined ? undefined : readProtection(api, place, branch),
  ]);
  return {
    organization: state.organization,
    name: found.name,
    description: found.description,
    private: found.private,
    template: state.template,
    defaultBranch: found.default_branch,
    topics: [...(named?.topics ?? [])].sort(),
    labels,
    archived: found.archived,
    branchProtection: protection,
    adopt: state.adopt,
  };
}

/**
 * Brings a repository to its inputs. An archived one takes no changes: it is opened for them.
 *
 * @param protectedBefore the rule that was declared before, which goes when another is declared now, or none
 */
export async function settleRepository(
  api: ApiClient,
  found: Repository,
  protectedBefore: BranchProtection | undefined,
  news: RepositoryInputs,
): Promise<void> {
  const now = await readRepository(api, found, news);
  const leaving =
    protectedBefore?.branch !== news.branchProtection?.branch ? protectedBefore?.branch : undefined;
  const open = { ...now, archived: news.archived };
  if (isDeepStrictEqual(open, news) && leaving === undefined) {
    if (now.archived !== news.archived) await edit(api, found.full_name, { archived: news.archived });
    return;
  }
  if (found.archived) await edit(api, found.full_name, { archived: false });
  if (found.default_branch !== news.defaultBranch) await requireBranch(api, found, news.defaultBranch);
  const { full_name: name } = await edit(api, found.full_name, {
    name: news.name,
    description: news.description,
    private: news.private,
    default_branch: news.defaultBranch,
  });
  const place = repositoryPath(name);
  if (!isDeepStrictEqual(now.topics, news.topics)) {
    await api.put(`${place}/topics`, { topics: news.topics }, z.unknown());
  }
  if (!isDeepStrictEqual(now.labels, news.labels)) await writeLabels(api, place, news.labels);
  if (leaving !== undefined) await removeProtection(api, place, leaving);
  if (news.branchProtection && !isDeepStrictEqual(now.branchProtection, news.branchProtection)) {
    await writeProtection(api, place, news.branchProtection);
  }
  if (news.archived) await edit(api, name, { archived: true });
}

function edit(api: ApiClient, name: string, body: object): Promise<Repository> {
  return api.patch(repositoryPath(name), body, repository);
}

/** Gitea overlooks a default branch that isn't there: it is made, from the one that was the default. */
async function requireBranch(
  api: ApiClient,
  { full_name: name, default_branch: from }: Repository,
  branch: string,
): Promise<void> {
  const place = `${repositoryPath(name)}/branches`;
  await createOnce({
    find: () => api.get(`${place}/${path`${branch}`}`, z.unknown()),
    make: () => api.post(place, { new_branch_name: branch, old_ref_name: from }, z.unknown()),
  });
}
