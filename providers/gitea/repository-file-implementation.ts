import pRetry from "p-retry";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import type { Implementation } from "../implementation.ts";
import {
  apiOf,
  hasStatus,
  named,
  refusalOf,
  repositoryPath,
  serverFrom,
  system,
  type Environment,
} from "./api.ts";
import { oneAtATime } from "./one-at-a-time.ts";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  repository: z.string().regex(/^[^/]+\/[^/]+$/, "organization/name"),
  path: z.string().regex(/^[^/]/, "no leading slash"),
  content: z.string(),
  branch: z.string().min(1).optional(),
  message: z.string().optional(),
});
const outputs = inputs.extend({ sha: z.string() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

const file = z.object({
  type: z.string(),
  sha: z.string(),
  content: z.string().nullish(),
});
const folder = z.array(z.unknown());
const written = z.object({ content: z.object({ sha: z.string() }) });

type File = z.output<typeof file>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<Inputs, Outputs> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  const alone = <T>({ repository }: Inputs, work: () => Promise<T>): Promise<T> =>
    oneAtATime(`${server.url} ${repository}`, work);
  const write = (news: Inputs): Promise<string> =>
    alone(news, () => whileOpen(api, news, () => settled(api, news, () => commit(api, news))));

  return {
    inputs,
    outputs,
    replaceOn: ["repository", "path", "branch"],

    async create(news) {
      const { repository, path, branch } = news;
      const sha = await write(news);
      const id = `${repository}/${path}${branch === undefined ? "" : `?${branch}`}`;
      return { id, outputs: { ...news, sha } };
    },

    async read(_id, state) {
      const found = await find(api, state);
      return found && { ...state, content: textOf(found), sha: found.sha };
    },

    async update(_id, _olds, news) {
      return { ...news, sha: await write(news) };
    },

    async delete(_id, state) {
      await alone(state, () => whileOpen(api, state, () => settled(api, state, () => remove(api, state))));
    },
  };
}

async function find(api: ApiClient, { repository, path, branch }: Inputs): Promise<File | undefined> {
  const place = placeOf(repository, path);
  const found = await named(
    api,
    branch === undefined ? place : `${place}?ref=${encodeURIComponent(branch)}`,
    z.union([file, folder]),
  );
  if (found === undefined || "sha" in found) return found;
  throw new Failure("file-refused", `${path} in ${repository} is a folder`, {
    system,
    fix: "choose another path, or remove the folder",
  });
}

/** Commits the content unless it is there. Gives Git's name of it. */
async function commit(api: ApiClient, news: Inputs): Promise<string> {
  const { repository, path, content } = news;
  const found = await find(api, news);
  if (found?.type === "file" && textOf(found) === content) return found.sha;
  const body = {
    ...commitOf(news, found === undefined ? "Add" : "Change"),
    content: Buffer.from(content).toString("base64"),
    ...(found && { sha: found.sha }),
  };
  return (await api.put(placeOf(repository, path), body, written)).content.sha;
}

async function remove(api: ApiClient, state: Inputs): Promise<void> {
  const found = await find(api, state);
  if (found === undefined) return;
  const body = { ...commitOf(state, "Remove"), sha: found.sha };
  await api.delete(placeOf(state.repository, state.path), body);
}

/** Somebody else's commit may come between our look and our commit, and an answer may get lost after it: look again. */
function settled<T>(api: ApiClient, news: Inputs, work: () => Promise<T>): Promise<T> {
  return pRetry(work, {
    retries: 5,
    minTimeout: 100,
    randomize: true,
    shouldRetry: ({ error }) => hasStatus(error, 409, 422) || wasOvertaken(error),
  }).catch(async (error: unknown) => {
    throw await meaningOf(api, error, news);
  });
}

/** Gitea answers 403 with Git's words when the branch moved on while it made the commit. */
function wasOvertaken(error: unknown): boolean {
  return hasStatus(error, 403) && /cannot lock ref|fetch first|non-fast-forward/.test(refusalOf(error) ?? "");
}

/** Does some work in a repository that may be archived: then it is opened for it, and closed again. */
async function whileOpen<T>(api: ApiClient, { repository }: Inputs, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!hasStatus(error, 423)) throw error;
  }
  const archive = (archived: boolean): Promise<unknown> =>
    api.patch(repositoryPath(repository), { archived }, z.unknown());
  await archive(false);
  try {
    return await work();
  } finally {
    await archive(true);
  }
}

async function meaningOf(
  api: ApiClient,
  error: unknown,
  { repository, path, branch }: Inputs,
): Promise<unknown> {
  const where = `${path} in ${repository}${branch === undefined ? "" : ` on ${branch}`}`;
  if (hasStatus(error, 403)) {
    const self = await api.get("/user", z.object({ login: z.string() }));
    return new Failure(
      "branch-protected",
      `${where} can't be committed: ${refusalOf(error) ?? "not allowed"}`,
      {
        system,
        fix: `let ${self?.login ?? "our account"} push to the branch, or declare its branchProtection, which does that; a branch that demands signed commits takes a server that signs`,
        cause: error,
      },
    );
  }
  if (hasStatus(error, 404)) {
    return new Failure(
      "repository-missing",
      `${where} can't be committed: there is no such repository or branch`,
      {
        system,
        fix: "run it with --refresh to have what was removed by hand made again, or check the branch's name",
        cause: error,
      },
    );
  }
  const said = refusalOf(error);
  if (!hasStatus(error, 422) || said === undefined) return error;
  return new Failure("file-refused", `${where} can't be committed: ${said}`, {
    system,
    fix: "choose another path",
    cause: error,
  });
}

function commitOf({ tenant, path, branch, message }: Inputs, verb: string): object {
  return {
    message: message ?? `${verb} ${path} for tenant ${tenant}`,
    ...(branch !== undefined && { branch }),
  };
}

function placeOf(repository: string, path: string): string {
  return `${repositoryPath(repository)}/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A link has no text of its own: it reads as what no file is. */
function textOf({ type, content }: File): string {
  return type === "file" ? Buffer.from(content ?? "", "base64").toString("utf8") : `(a ${type})`;
}
