import { z } from "zod";
import { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { Reader } from "../http/reader.ts";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

export const system = "Gitea";

const variables = z.object({
  GITEA_SERVER_URL: z.url({ protocol: /^https?$/ }),
  GITEA_SERVER_TOKEN: z.string().min(1),
});

/** The server's address without a slash at its end, and a site administrator's access token. */
export interface GiteaServer {
  readonly url: string;
  readonly token: string;
}

/**
 * Reads the server from `GITEA_SERVER_URL` and `GITEA_SERVER_TOKEN`. Throws a {@link Failure} `credentials-missing` that
 * names what is missing or no address.
 */
export function serverFrom(environment: Environment): GiteaServer {
  const { GITEA_SERVER_URL: url, GITEA_SERVER_TOKEN: token } = readVariables(variables, environment, {
    system,
    fix: (names) => `set ${names} to the server's address and a site administrator's access token`,
  });
  return { url: url.replace(/\/+$/, ""), token };
}

/** A client of Gitea's API, version 1 (https://docs.gitea.com/api/). */
export function apiOf({ url, token }: GiteaServer): ApiClient {
  return clientOf(url, `token ${token}`);
}

/**
 * A client for the calls about access tokens. Gitea answers them to basic authentication only, in which a token may
 * stand for the password.
 */
export function tokensApiOf({ url, token }: GiteaServer): ApiClient {
  return clientOf(url, `Basic ${Buffer.from(`${token}:x-oauth-basic`).toString("base64")}`);
}

function clientOf(url: string, authorization: string): ApiClient {
  return new ApiClient({
    system,
    url: `${url}/api/v1`,
    headers: { authorization },
    tokenName: "GITEA_SERVER_TOKEN",
    privilege: "make GITEA_SERVER_TOKEN a token with all scopes of a site administrator",
    explain: (body) => refusal.safeParse(body).data?.message,
  });
}

const refusal = z.object({ message: z.string() });

/** What the server said when it refused; undefined of other errors. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof ApiFailure ? refusal.safeParse(error.body).data?.message : undefined;
}

/** Whether an error is the server's answer with one of these statuses. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): error is ApiFailure {
  return error instanceof ApiFailure && error.status !== undefined && statuses.includes(error.status);
}

/** Reads by name. Gitea redirects from names that something had once: nothing has them now. */
export async function named<T>(api: Reader, path: string, shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return await api.get(path, shape);
  } catch (error) {
    if (!hasStatus(error, 301, 302, 307, 308)) throw error;
    // A wrong address redirects everything: then nothing is known to be gone, and this fails as well.
    await api.get("/version", z.object({ version: z.string() }));
    return undefined;
  }
}

/** Every item of a list, which the server gives page by page; none when the list isn't there. */
export async function listAll<T>(api: ApiClient, path: string, shape: z.ZodType<T>): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; ; page += 1) {
    // How many the server gives at most is its own setting: only an empty page is surely the end.
    const found = await api.get(`${path}?page=${page}&limit=50`, z.array(shape));
    if (found === undefined || found.length === 0) return items;
    items.push(...found);
  }
}

/** Names as parts of a call's path. */
export function path(strings: TemplateStringsArray, ...names: readonly (string | number)[]): string {
  return String.raw({ raw: strings }, ...names.map((name) => encodeURIComponent(name)));
}

/** The path of a repository that is given as `owner/name`. */
export function repositoryPath(repository: string): string {
  return `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
}
