import { z } from "zod";
import { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { Reader } from "../http/reader.ts";
import { fetchUnverified } from "../http/fetch-unverified.ts";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

export const system = "Terraform Cloud";

const variables = z.object({
  TFE_HOSTNAME: z.string().min(1).default("app.terraform.io"),
  TFE_ORGANIZATION: z.string().min(1),
  TFE_TOKEN: z.string().min(1),
  TFE_SSL_SKIP_VERIFY: z.stringbool().default(false),
});

/** A server, the organization that is worked in, and the token of somebody who may. */
export interface TfeServer {
  /** Without a slash at its end: `https://app.terraform.io`. */
  readonly url: string;
  readonly organization: string;
  readonly token: string;
  /** Whether its certificate is taken as it is: of a server on this machine. */
  readonly unverified: boolean;
}

/**
 * Reads the server from the variables that Terraform Cloud's own provider reads: `TFE_HOSTNAME`, `TFE_ORGANIZATION`,
 * `TFE_TOKEN`, `TFE_SSL_SKIP_VERIFY`. Throws a {@link Failure} `credentials-missing` that names what is missing.
 */
export function serverFrom(environment: Environment): TfeServer {
  const given = readVariables(variables, environment, {
    system,
    fix: (names) =>
      `set ${names}: TFE_TOKEN to the token of a team or a person who may manage projects and workspaces`,
  });
  const { TFE_HOSTNAME: host, TFE_ORGANIZATION: organization, TFE_TOKEN: token } = given;
  return { url: `https://${host}`, organization, token, unverified: given.TFE_SSL_SKIP_VERIFY };
}

/** A client of the API, version 2 (https://developer.hashicorp.com/terraform/cloud-docs/api-docs). */
export function apiOf({ url, token, unverified }: TfeServer): ApiClient {
  return new ApiClient({
    system,
    url: `${url}/api/v2`,
    headers: { authorization: `Bearer ${token}` },
    mediaType: "application/vnd.api+json",
    tokenName: "TFE_TOKEN",
    privilege:
      "give TFE_TOKEN's owner the right to manage projects, workspaces and teams of the organization",
    explain: (body) =>
      refusal
        .safeParse(body)
        .data?.errors.map(({ title, detail }) => detail ?? title)
        .join("; "),
    ...(unverified && { fetch: fetchUnverified }),
  });
}

/** What the server refuses, as JSON:API says it. */
const refusal = z.object({
  errors: z.array(z.object({ title: z.string().default(""), detail: z.string().optional() })),
});

/** Whether an error is the server's answer with a status. */
export function hasStatus(error: unknown, status: number): error is ApiFailure {
  return error instanceof ApiFailure && error.status === status;
}

const pagination = z.object({ pagination: z.object({ "next-page": z.int().nullish() }) });

/**
 * Every thing of a list, which the server gives page by page; none when the list isn't there.
 *
 * @param path without paging: `/organizations/acme/workspaces?search[tags]=tenant:acme`
 * @param shape of one thing: `{ id, attributes, … }`
 */
export async function listAll<T>(api: Reader, path: string, shape: z.ZodType<T>): Promise<T[]> {
  const items: T[] = [];
  const page = z.object({ data: z.array(shape), meta: pagination.optional() });
  for (let number = 1; ; number += 1) {
    const query = `page[number]=${number}&page[size]=100`;
    const found = await api.get(`${path}${path.includes("?") ? "&" : "?"}${query}`, page);
    items.push(...(found?.data ?? []));
    if (!found?.meta?.pagination["next-page"]) return items;
  }
}

/** Names as parts of a call's path. */
export function path(strings: TemplateStringsArray, ...names: readonly string[]): string {
  return String.raw({ raw: strings }, ...names.map((name) => encodeURIComponent(name)));
}
