import { z } from "zod";
import { ApiClient, type ApiOptions } from "../http/api-client.ts";
import type { Reader } from "../http/reader.ts";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

export const system = "GitHub";

const variables = z.object({
  GITHUB_BASE_URL: z.url({ protocol: /^https?$/ }),
  GITHUB_OWNER: z.string().min(1),
  GITHUB_TOKEN: z.string().min(1),
});

/** A GitHub, whichever it is, and an organization there. */
export interface GithubServer {
  /** As people know it: `https://github.com`. */
  readonly url: string;
  readonly organization: string;
  /** Of one of the organization's owners, or of an app that is installed there. */
  readonly token: string;
}

/**
 * Reads the server from `GITHUB_BASE_URL`, `GITHUB_OWNER` and `GITHUB_TOKEN`, as the official plugin does. Throws a
 * {@link Failure} `credentials-missing` that names what is missing or no address.
 */
export function serverFrom(environment: Environment): GithubServer {
  const given = readVariables(variables, environment, {
    system,
    fix: (names) => `set ${names} to the server's address, the organization and a token of one of its owners`,
  });
  const { GITHUB_BASE_URL: url, GITHUB_OWNER: organization, GITHUB_TOKEN: token } = given;
  return { url: url.replace(/\/+$/, ""), organization, token };
}

/** A client of GitHub's REST API (https://docs.github.com/en/rest). */
export function apiOf({ url, token }: Pick<GithubServer, "url" | "token">): ApiClient {
  const privilege = "give the token, or the app, what docs/source-control.md lists";
  return clientOf({ url: apiUrl(url), token, privilege });
}

/** A client of the API at an address. `privilege` is the fix where the token may not do something. */
export function clientOf({
  url,
  token,
  privilege,
}: Pick<ApiOptions, "url" | "privilege"> & { readonly token: string }): ApiClient {
  return new ApiClient({
    system,
    url,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    },
    tokenName: "GITHUB_TOKEN",
    privilege,
    explain: (body) => refusal.safeParse(body).data?.message,
  });
}

const refusal = z.object({ message: z.string() });

/**
 * Where a GitHub's API is: github.com and ghe.com have a host of its own for it, a server a path. An address that says so
 * already, as the official plugin's does, is taken as well.
 */
export function apiUrl(url: string): string {
  const { protocol, host } = new URL(url);
  const [, cloud] = /^(?:api\.)?(github\.com|[^.]+\.ghe\.com)$/.exec(host) ?? [];
  return cloud === undefined
    ? `${url.replace(/\/+$/, "").replace(/\/api\/v3$/, "")}/api/v3`
    : `${protocol}//api.${cloud}`;
}

/** Every item of a list, which the server gives page by page; none when the list isn't there. */
export async function listAll<T>(api: Reader, path: string, shape: z.ZodType<T>): Promise<T[]> {
  const items: T[] = [];
  const separator = path.includes("?") ? "&" : "?";
  for (let page = 1; ; page += 1) {
    const found = await api.get(`${path}${separator}per_page=100&page=${page}`, z.array(shape));
    items.push(...(found ?? []));
    if ((found?.length ?? 0) < 100) return items;
  }
}
