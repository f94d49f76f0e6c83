import { setTimeout as sleep } from "node:timers/promises";
import pLimit, { type LimitFunction } from "p-limit";
import pRetry from "p-retry";
import { z } from "zod";
import { ApiFailure } from "./api-failure.ts";
import { connectionFailure, wasNotSent } from "./connection-failure.ts";

export interface ApiOptions {
  /** The name people know the system by: "Mattermost". */
  readonly system: string;
  /** The API's address, with its path: `https://chat.example.com/api/v4`. */
  readonly url: string;
  /** Sent with each call; the credential is among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The variable that holds the credential: `MATTERMOST_TOKEN`. */
  readonly tokenName: string;
  /** What to do about a missing privilege, as one sentence. */
  readonly privilege: string;
  /** Finds the server's own words in the body of a refusal. */
  readonly explain: (body: unknown) => string | undefined;
  /** What the API's bodies are. Default: application/json. */
  readonly mediaType?: string;
  /** What sends a call. Default: the `fetch` of Node. */
  readonly fetch?: typeof fetch;
  /** Milliseconds that one try may take. Default: the variable TENANTRY_HTTP_TIMEOUT, else 15 seconds. */
  readonly timeout?: number;
}

/** One call; a `post` that may be sent twice without harm says so. */
interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: Uint8Array | string;
  readonly type?: string;
  readonly repeatable: boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;
  /** Refused because there were too many calls. */
  readonly limited: boolean;
}

/** The longest that a `Retry-After` is obeyed, in milliseconds. */
const longestWait = 60_000;

/** How many calls one server gets at once. */
const atOnce = 8;
const limits = new Map<string, LimitFunction>();

/**
 * A client of a JSON API. Calls that can be repeated (all but `post`) are, three times with growing pauses, after lost
 * connections, time-outs, 429 and 5xx; a `post` only where the server certainly did nothing, because only its caller can
 * find out what became of it ({@link createOnce}). Who asks for a minute at most is given it; a rate limit that lasts longer is a
 * failure which says until when.
 *
 * Methods throw a {@link Failure} `server-unreachable` or `certificate-untrusted`, or an {@link ApiFailure}. Its message
 * names the call and the status, never the credential.
 */
export class ApiClient {
  readonly #options: ApiOptions;
  readonly #url: string;
  readonly #limit: LimitFunction;

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#url = options.url.replace(/\/+$/, "");
    this.#limit = limits.get(this.#url) ?? pLimit(atOnce);
    limits.set(this.#url, this.#limit);
  }

  /** Reads what is at `path`; undefined when nothing is there. */
  async get<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const call: Call = { method: "GET", path, repeatable: true };
    const answer = await this.#send(call);
    return answer.status === 404 ? undefined : this.#accept(call, answer, shape);
  }

  /** `repeatable`: sending it twice does the same as once. */
  post<T>(
    path: string,
    body: unknown,
    shape: z.ZodType<T>,
    { repeatable = false }: { readonly repeatable?: boolean } = {},
  ): Promise<T> {
    return this.#write({ method: "POST", path, ...json(body), repeatable }, shape);
  }

  put<T>(path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    return this.#write({ method: "PUT", path, ...json(body), repeatable: true }, shape);
  }

  /** Sets fields to values: sending it twice does the same as once. */
  patch<T>(path: string, body: unknown, shape: z.ZodType<T>): Promise<T> {
    return this.#write({ method: "PATCH", path, ...json(body), repeatable: true }, shape);
  }

  /** Posts bytes as they are. */
  upload<T>(path: string, bytes: Uint8Array, contentType: string, shape: z.ZodType<T>): Promise<T> {
    return this.#write({ method: "POST", path, body: bytes, type: contentType, repeatable: true }, shape);
  }

  /** Deletes what is at `path`; content when it is gone already. */
  async delete(path: string, body?: unknown): Promise<void> {
    const call: Call = { method: "DELETE", path, ...json(body), repeatable: true };
    const answer = await this.#send(call);
    if (answer.status !== 404) this.#accept(call, answer, z.unknown());
  }

  async #write<T>(call: Call, shape: z.ZodType<T>): Promise<T> {
    return this.#accept(call, await this.#send(call), shape);
  }

  /** Sends a call until it is answered for good. Answers of the server are results here, refusals too. */
  async #send(call: Call): Promise<Answer> {
    const retries = { retries: 3, minTimeout: 200, maxTimeout: 5_000, randomize: true };
    try {
      return await pRetry(async () => this.#limit(() => this.#sendOnce(call)), {
        ...retries,
        shouldRetry: ({ error }) => error instanceof Again,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          const wait = error instanceof Again && retriesLeft > 0 ? error.answer?.retryAfter : undefined;
          if (wait !== undefined) await sleep(wait);
        },
      });
    } catch (error) {
      if (!(error instanceof Again)) throw error;
      if (error.answer !== undefined) return error.answer;
      throw error.cause;
    }
  }

  async #sendOnce(call: Call): Promise<Answer> {
    const { system, headers, mediaType = "application/json", timeout = defaultTimeout() } = this.#options;
    const { method, path, body, type = mediaType, repeatable } = call;
    const send = this.#options.fetch ?? fetch;
    let answer: Answer;
    try {
      const response = await send(`${this.#url}${path}`, {
        method,
        headers: {
          accept: mediaType,
          ...headers,
          ...(body !== undefined && { "content-type": type }),
        },
        ...(body !== undefined && { body }),
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      answer = answerOf(response.status, await response.text(), response.headers);
    } catch (error) {
      const failure = connectionFailure(error, { system, call: nameOf(call), url: this.#url });
      if (failure.code === "certificate-untrusted") throw failure;
      if (repeatable || wasNotSent(error)) throw new Again(failure);
      throw new ApiFailure("answer-lost", `${failure.message}, so nobody knows whether it was done`, {
        system,
        fix: "run it again: what was made is recognised",
        cause: error,
      });
    }
    const again = answer.limited || answer.status === 503 || (answer.status >= 500 && repeatable);
    if (again && (answer.retryAfter ?? 0) <= longestWait) throw new Again(undefined, answer);
    return answer;
  }

  #accept<T>(call: Call, answer: Answer, shape: z.ZodType<T>): T {
    const { status, text } = answer;
    const body = parsed(text);
    if (status < 200 || status > 299) throw this.#refusal(call, answer, body);
    const result = shape.safeParse(body);
    if (result.success && (body !== undefined || text === "")) return result.data;
    const { system } = this.#options;
    throw new ApiFailure("unexpected-answer", `${nameOf(call)} was not answered as ${system} answers`, {
      system,
      status,
      fix: `check the address ${this.#url}: something else answers there, or a version of ${system} that Tenantry does not know`,
    });
  }

  #refusal(call: Call, answer: Answer, body: unknown): ApiFailure {
    const { system, explain } = this.#options;
    const { status } = answer;
    const said = this.#withoutSecrets(oneLine(explain(body) ?? ""));
    const { code, fix } = this.#meaningOf(answer);
    const message = `${nameOf(call)}: ${status}${said && `, ${said}`}`;
    return new ApiFailure(code, message, { system, status, body, ...(fix !== undefined && { fix }) });
  }

  #meaningOf({ status, limited, retryAfter }: Answer): { readonly code: string; readonly fix?: string } {
    const { tokenName, privilege } = this.#options;
    if (limited) return { code: "rate-limited", fix: `wait ${untilIn(retryAfter)}, then run it again` };
    if (status === 401) return { code: "wrong-token", fix: `check ${tokenName}` };
    if (status === 403) return { code: "missing-privilege", fix: privilege };
    if (status === 404) return { code: "not-found" };
    if (status === 409) return { code: "conflict" };
    if (status >= 500) return { code: "server-error", fix: "look into the server's log, then run it again" };
    if (status < 400)
      return {
        code: "unexpected-answer",
        fix: `check the address ${this.#url}: it redirects elsewhere`,
      };
    return { code: "request-refused" };
  }

  #withoutSecrets(text: string): string {
    const secrets = Object.values(this.#options.headers).flatMap((value) => [value, ...value.split(" ")]);
    return secrets
      .filter((secret) => secret.length >= 8)
      .reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  }
}

/** A try that failed and is worth another; in the end its answer, or its cause, is the result. */
class Again extends Error {
  readonly answer: Answer | undefined;

  constructor(cause: unknown, answer?: Answer) {
    super("try again", { cause });
    this.answer = answer;
  }
}

function defaultTimeout(): number {
  const given = Number(process.env["TENANTRY_HTTP_TIMEOUT"]);
  return given > 0 ? given : 15_000;
}

function json(body: unknown): Pick<Call, "body"> {
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

function nameOf({ method, path }: Call): string {
  return `${method} ${path.replace(/\?.*$/s, "")}`;
}

/**
 * An answer with what it says of rate limits. GitHub words them as 403, too: with `Retry-After`, with nothing remaining, or in
 * words only, and then wants a minute (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
function answerOf(status: number, text: string, headers: Headers): Answer {
  const usedUp = Number(headers.get("x-ratelimit-remaining") ?? 1) === 0;
  const asked = waitOf(headers.get("retry-after"));
  const inWords = status === 403 && /rate limit/i.test(text);
  const limited = status === 429 || (status === 403 && (usedUp || inWords || asked !== undefined));
  const reset = limited && usedUp ? resetOf(headers.get("x-ratelimit-reset")) : undefined;
  return { status, text, limited, retryAfter: asked ?? reset ?? (inWords ? longestWait : undefined) };
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3). Gives milliseconds. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  return milliseconds(/^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000);
}

/** `X-RateLimit-Reset` is seconds from now (Terraform Cloud) or since 1970 (GitHub). Gives milliseconds from now. */
function resetOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const given = Number(header);
  return milliseconds(given > 1e9 ? given - Date.now() / 1000 : given);
}

function milliseconds(seconds: number): number | undefined {
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds * 1000);
}

function untilIn(wait: number | undefined): string {
  if (wait === undefined) return "a while";
  const minute = Math.ceil((Date.now() + wait) / 60_000) * 60_000;
  return `until ${new Date(minute).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The JSON value of a text; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, 200);
}
