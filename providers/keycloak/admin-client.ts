import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { KeycloakCredentials } from "./credentials.ts";
import { connectionFailure } from "../http/connection-failure.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

const token = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const problem = z
  .object({ errorMessage: z.string(), error: z.string(), error_description: z.string() })
  .partial();

/** Milliseconds that one call may take. */
const timeout = 15_000;

/**
 * A small client of Keycloak's admin REST API. It signs in with the first call and again when its token has run out.
 * Every method throws a {@link Failure} of the system "Keycloak" that names the call and its status, never a token or
 * password: `server-unreachable`, `certificate-untrusted`, `not-keycloak`, `wrong-password`, `missing-privilege`,
 * `conflict`, `request-refused`, `server-error`.
 */
export class KeycloakAdmin {
  readonly url: string;
  readonly #credentials: KeycloakCredentials;
  readonly #timeout: number;
  #token: { readonly value: string; readonly until: number } | undefined;
  #signingIn: Promise<string> | undefined;

  /** `url` is the server's address as people know it, with its path if it has one, without `/admin`. */
  constructor(url: string, credentials: KeycloakCredentials, options: { readonly timeout?: number } = {}) {
    this.url = url.replace(/\/+$/, "");
    this.#credentials = credentials;
    this.#timeout = options.timeout ?? timeout;
  }

  /** Reads what is at `path` (below `/admin`); undefined when nothing is there. */
  async get<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const call = `GET /admin${path}`;
    const answer = await this.#call("GET", path);
    if (answer.status === 404) return undefined;
    return read(call, await accept(call, answer), shape);
  }

  async post(path: string, body: unknown): Promise<void> {
    await accept(`POST /admin${path}`, await this.#call("POST", path, body));
  }

  async put(path: string, body: unknown): Promise<void> {
    await accept(`PUT /admin${path}`, await this.#call("PUT", path, body));
  }

  /** Deletes what is at `path`; content when it's gone already. */
  async delete(path: string): Promise<void> {
    const answer = await this.#call("DELETE", path);
    if (answer.status !== 404) await accept(`DELETE /admin${path}`, answer);
  }

  /** Signs in, whatever token is at hand. */
  async signIn(): Promise<string> {
    const { grant, clientId, clientSecret, realm } = this.#credentials;
    const path = `/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`;
    const form = new URLSearchParams({ grant_type: grant, client_id: clientId });
    if (clientSecret !== undefined) form.set("client_secret", clientSecret);
    if (this.#credentials.grant === "password") {
      form.set("username", this.#credentials.username);
      form.set("password", this.#credentials.password);
    }
    const call = `POST ${path}`;
    const answer = await this.#fetch(call, `${this.url}${path}`, { method: "POST", body: form });
    if (answer.status === 400 || answer.status === 401)
      throw signInFailure(await text(answer), this.#credentials);
    if (answer.status === 404) {
      throw new Failure("not-keycloak", `no realm ${realm} answers at ${this.url}`, {
        system: "Keycloak",
        fix: "check the address: an old server needs /auth at its end, and KEYCLOAK_REALM must exist",
      });
    }
    const granted = read(call, await accept(call, answer), token);
    this.#token = { value: granted.access_token, until: Date.now() + (granted.expires_in - 5) * 1000 };
    return granted.access_token;
  }

  async #call(method: Method, path: string, body?: unknown): Promise<Response> {
    const send = async (bearer: string): Promise<Response> =>
      this.#fetch(`${method} /admin${path}`, `${this.url}/admin${path}`, {
        method,
        headers: {
          accept: "application/json",
          authorization: `Bearer ${bearer}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const known = this.#token !== undefined && this.#token.until > Date.now() ? this.#token.value : undefined;
    const answer = await send(known ?? (await this.#signInOnce()));
    if (known === undefined || answer.status !== 401) return answer;
    return send(await this.#signInOnce());
  }

  /** Calls at once sign in once: to the server a sign-in is dearer than most calls, since passwords are hashed slowly. */
  #signInOnce(): Promise<string> {
    this.#signingIn ??= this.signIn().finally(() => (this.#signingIn = undefined));
    return this.#signingIn;
  }

  async #fetch(call: string, url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(this.#timeout) });
    } catch (error) {
      throw connectionFailure(error, { system: "Keycloak", call, url: this.url });
    }
  }
}

async function accept(call: string, answer: Response): Promise<string> {
  const body = await text(answer);
  if (answer.ok) return body;
  const said = explanation(body);
  const message = `${call}: ${answer.status}${said && `, ${said}`}`;
  throw new Failure(codeOf(answer.status), message, { system: "Keycloak", ...fixOf(answer.status) });
}

function codeOf(status: number): string {
  if (status === 401) return "wrong-password";
  if (status === 403) return "missing-privilege";
  if (status === 409) return "conflict";
  if (status >= 500) return "server-error";
  if (status < 400) return "not-keycloak";
  return "request-refused";
}

function fixOf(status: number): { fix?: string } {
  if (status === 401) return { fix: "check KEYCLOAK_USER and KEYCLOAK_PASSWORD, or the client's secret" };
  if (status === 403) return { fix: "give the administrator the role admin of the realm master" };
  if (status >= 500) return { fix: "look into the server's log, then run again" };
  if (status < 400) return { fix: "check the address: it redirects elsewhere" };
  return {};
}

function signInFailure(body: string, credentials: KeycloakCredentials): Failure {
  const who = credentials.grant === "password" ? credentials.username : `client ${credentials.clientId}`;
  const said = explanation(body);
  return new Failure("wrong-password", `Keycloak does not let ${who} in${said && ` (${said})`}`, {
    system: "Keycloak",
    fix:
      credentials.grant === "password"
        ? "check KEYCLOAK_USER and KEYCLOAK_PASSWORD"
        : "check KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET",
  });
}

/** What the server says about its refusal, in at most 200 characters. */
function explanation(body: string): string {
  const { data } = problem.safeParse(json(body));
  return (data?.errorMessage ?? data?.error_description ?? data?.error ?? "").slice(0, 200);
}

function read<T>(call: string, body: string, shape: z.ZodType<T>): T {
  const result = shape.safeParse(json(body));
  if (result.success) return result.data;
  throw new Failure("not-keycloak", `${call} was not answered as Keycloak answers`, {
    system: "Keycloak",
    fix: "check the address: something else answers there, or a version of Keycloak that Tenantry does not know",
  });
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function text(answer: Response): Promise<string> {
  try {
    return await answer.text();
  } catch (error) {
    const { pathname, origin } = new URL(answer.url);
    throw connectionFailure(error, { system: "Keycloak", call: `reading ${pathname}`, url: origin });
  }
}
