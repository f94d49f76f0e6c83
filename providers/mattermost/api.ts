import { z } from "zod";
import type { Failure } from "../../report/failure.ts";
import { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

export const system = "Mattermost";

const variables = z.object({
  MATTERMOST_URL: z.url({ protocol: /^https?$/ }),
  MATTERMOST_TOKEN: z.string().min(1),
});

/** The server's address without a slash at its end, and a system administrator's access token. */
export interface MattermostServer {
  readonly url: string;
  readonly token: string;
}

/**
 * Reads the server from `MATTERMOST_URL` and `MATTERMOST_TOKEN`. Throws a {@link Failure} `credentials-missing` that
 * names what is missing or no address.
 */
export function serverFrom(environment: Environment): MattermostServer {
  const { MATTERMOST_URL: url, MATTERMOST_TOKEN: token } = readVariables(variables, environment, {
    system,
    fix: (names) => `set ${names} to the server's address and a system administrator's access token`,
  });
  return { url: url.replace(/\/+$/, ""), token };
}

/** A client of Mattermost's API, version 4 (https://developers.mattermost.com/api-documentation/). */
export function apiOf({ url, token }: MattermostServer): ApiClient {
  return new ApiClient({
    system,
    url: `${url}/api/v4`,
    headers: { authorization: `Bearer ${token}` },
    tokenName: "MATTERMOST_TOKEN",
    privilege: "make MATTERMOST_TOKEN a token of a system administrator",
    explain: (body) => refusal.safeParse(body).data?.message,
  });
}

/** What the server answers when it refuses (AppError in its model). */
const refusal = z.object({ id: z.string(), message: z.string() });

/** The server's own name of a refusal, for example `app.user.save.email_exists.app_error`. */
export function refusalId(error: unknown): string | undefined {
  return error instanceof ApiFailure ? refusal.safeParse(error.body).data?.id : undefined;
}

/** Does some work, and is content when the server refuses it with one of these names. */
export async function unlessRefused(work: Promise<unknown>, ...ids: readonly string[]): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!ids.includes(refusalId(error) ?? "")) throw error;
  }
}

/** What a refusal of a certain name means to the reader. */
export type Meanings = Readonly<Record<string, () => Failure>>;

/** Does some work; a refusal that has a meaning here becomes that failure. */
export async function withMeanings<T>(meanings: Meanings, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw meanings[refusalId(error) ?? ""]?.() ?? error;
  }
}

/**
 * Makes something whose name must be free. When the server says by one of these names that it isn't, that is a
 * `conflict`: an earlier try, whose answer never came, may have been done in the meantime ({@link createOnce} looks again).
 */
export async function makeNamed<T>(ids: readonly string[], make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ApiFailure) || !ids.includes(refusalId(error) ?? "")) throw error;
    const { message, body, cause } = error;
    throw new ApiFailure("conflict", message, { system, status: 409, body, cause });
  }
}
