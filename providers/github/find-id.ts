import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import type { PendingCreate } from "../system.ts";
import { apiOf, listAll, serverFrom, type Environment } from "./api.ts";

type Finder = (
  api: ApiClient,
  organization: string,
  inputs: PendingCreate["inputs"],
) => Promise<string | undefined>;

const numbered = z.object({ id: z.int() });
const inRepository = z.object({ repository: z.string() });

/** Finds one of a list in a repository, and gives its number. */
const inListOf =
  <T extends { readonly id: number }>(
    list: string,
    shape: z.ZodType<T>,
    isIt: (found: T, inputs: PendingCreate["inputs"]) => boolean,
  ): Finder =>
  async (api, organization, inputs) => {
    const { repository } = inRepository.parse(inputs);
    const found = await listAll(api, `/repos/${organization}/${repository}/${list}`, shape);
    return found.find((each) => isIt(each, inputs))?.id.toString();
  };

const finders: Readonly<Record<string, Finder>> = {
  "github:index/repository:Repository": async (api, organization, inputs) => {
    const { name } = z.object({ name: z.string() }).parse(inputs);
    return (await api.get(`/repos/${organization}/${name}`, z.object({ name: z.string() })))?.name;
  },
  "github:index/team:Team": async (api, organization, inputs) => {
    const { name } = z.object({ name: z.string() }).parse(inputs);
    return (await api.get(`/orgs/${organization}/teams/${name}`, numbered))?.id.toString();
  },
  "github:index/repositoryWebhook:RepositoryWebhook": inListOf(
    "hooks",
    numbered.extend({ config: z.object({ url: z.string() }) }),
    ({ config }, inputs) => config.url === urlOf(inputs),
  ),
  "github:index/repositoryRuleset:RepositoryRuleset": inListOf(
    "rulesets",
    numbered.extend({ name: z.string() }),
    ({ name }, inputs) => name === inputs["name"],
  ),
  "github:index/repositoryDeployKey:RepositoryDeployKey": inListOf(
    "keys",
    numbered.extend({ title: z.string() }),
    ({ title }, inputs) => title === inputs["title"],
  ),
  "github:index/branch:Branch": async (api, organization, inputs) => {
    const { repository, branch } = inRepository.extend({ branch: z.string() }).parse(inputs);
    const path = `/repos/${organization}/${repository}/git/ref/heads/${branch}`;
    return (await api.get(path, z.looseObject({}))) && `${repository}:${branch}`;
  },
  "github:index/actionsVariable:ActionsVariable": async (api, organization, inputs) => {
    const { repository, variableName } = inRepository.extend({ variableName: z.string() }).parse(inputs);
    const path = `/repos/${organization}/${repository}/actions/variables/${variableName}`;
    return (await api.get(path, z.looseObject({}))) && `${repository}:${variableName}`;
  },
};

/**
 * Finds what a killed create may have made, and gives the id that the state keeps for it; undefined when there is nothing, or
 * when making it once more does no harm: memberships, collaborators, files, labels, secrets and protection are set, not
 * added. Throws what calls of the server throw.
 */
export async function findGithubId(
  { type, inputs }: PendingCreate,
  environment: Environment,
): Promise<string | undefined> {
  const find = finders[type];
  if (find === undefined) return undefined;
  const server = serverFrom(environment);
  return find(apiOf(server), server.organization, inputs);
}

/** Where a webhook sends to. In a state it may be encrypted, with the secret that is beside it. */
function urlOf(inputs: PendingCreate["inputs"]): string | undefined {
  return z.object({ configuration: z.object({ url: z.string() }) }).safeParse(inputs).data?.configuration.url;
}
