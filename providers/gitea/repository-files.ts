import pRetry from "p-retry";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
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

/** A file of a repository, and for whom it is changed. */
export const filePlace = z.strictObject({
  tenant: z.string().min(1),
  repository: z.string().regex(/^[^/]+\/[^/]+$/, "organization/name"),
  path: z.string().regex(/^[^/]/, "no leading slash"),
  branch: z.string().min(1).optional(),
});

type Place = z.output<typeof filePlace> & {
  /** Default: what was done to which file, for which tenant. */
  readonly message?: string | undefined;
};

const file = z.object({
  type: z.string(),
  sha: z.string(),
  content: z.string().nullish(),
});
const folder = z.array(z.unknown());
const written = z.object({ content: z.object({ sha: z.string() }) });

type File = z.output<typeof file>;

/** Reads and commits files of repositories, a commit a change, whoever else commits meanwhile. */
export class RepositoryFiles {
  readonly #url: string;
  readonly #api: ApiClient;

  /** With the administrator's token from an environment. */
  constructor(environment: Environment) {
    const server = serverFrom(environment);
    this.#url = server.url;
    this.#api = apiOf(server);
  }

  /** A file's text, and Git's name of it; undefined: there is none. */
  async read(place: Place): Promise<{ readonly text: string; readonly sha: string } | undefined> {
    const found = await find(this.#api, place);
    return found && { text: textOf(found), sha: found.sha };
  }

  /** Commits what `change` makes of the file's text, unless that is there. Gives Git's name of it. */
  write(place: Place, change: (present: string | undefined) => string): Promise<string> {
    return this.#settled(place, async () => {
      const found = await find(this.#api, place);
      return commit(this.#api, place, found, change(found && textOf(found)));
    });
  }

  /** Removes a file, unless `rest` says what remains of it. */
  remove(place: Place, rest: (present: string) => string | undefined = () => undefined): Promise<void> {
    return this.#settled(place, async () => {
      const found = await find(this.#api, place);
      if (found === undefined) return;
      const remains = rest(textOf(found));
      if (remains === undefined)
        await this.#api.delete(placeOf(place), { ...commitOf(place, "Remove"), sha: found.sha });
      else await commit(this.#api, place, found, remains);
    });
  }

  #settled<T>(place: Place, work: () => Promise<T>): Promise<T> {
    return oneAtATime(`${this.#url} ${place.repository}`, () =>
      whileOpen(this.#api, place, () => settled(this.#api, place, work)),
    );
  }
}

async function find(api: ApiClient, place: Place): Promise<File | undefined> {
  const { branch } = place;
  const found = await named(
    api,
    branch === undefined ? placeOf(place) : `${placeOf(place)}?ref=${encodeURIComponent(branch)}`,
    z.union([file, folder]),
  );
  if (found === undefined || "sha" in found) return found;
  throw new Failure("file-refused", `${place.path} in ${place.repository} is a folder`, {
    system,
    fix: "choose another path, or remove the folder",
  });
}

async function commit(
  api: ApiClient,
  place: Place,
  found: File | undefined,
  content: string,
): Promise<string> {
  if (found?.type === "file" && textOf(found) === content) return found.sha;
  const body = {
    ...commitOf(place, found === undefined ? "Add" : "Change"),
    content: Buffer.from(content).toString("base64"),
    ...(found && { sha: found.sha }),
  };
  return (await api.put(placeOf(place), body, written)).content.sha;
}

/** Somebody else's commit may come between our look and our commit, and an answer may get lost after it: look again. */
function settled<T>(api: ApiClient, place: Place, work: () => Promise<T>): Promise<T> {
  return pRetry(work, {
    retries: 5,
    minTimeout: 100,
    randomize: true,
    shouldRetry: ({ error }) => hasStatus(error, 409, 422) || wasOvertaken(error),
  }).catch(async (error: unknown) => {
    throw await meaningOf(api, error, place);
  });
}

/** Gitea answers 403 with Git's words when the branch moved on while it made the commit. */
function wasOvertaken(error: unknown): boolean {
  return hasStatus(error, 403) && /cannot lock ref|fetch first|non-fast-forward/.test(refusalOf(error) ?? "");
}

/** Does some work in a repository that may be archived: then it is opened for it, and closed again. */
async function whileOpen<T>(api: ApiClient, { repository }: Place, work: () => Promise<T>): Promise<T> {
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
  { repository, path, branch }: Place,
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

function commitOf({ tenant, path, branch, message }: Place, verb: string): object {
  return {
    message: message ?? `${verb} ${path} for tenant ${tenant}`,
    ...(branch !== undefined && { branch }),
  };
}

function placeOf({ repository, path }: Place): string {
  return `${repositoryPath(repository)}/contents/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A link has no text of its own: it reads as what no file is. */
function textOf({ type, content }: File): string {
  return type === "file" ? Buffer.from(content ?? "", "base64").toString("utf8") : `(a ${type})`;
}
