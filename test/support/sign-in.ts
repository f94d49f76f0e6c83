import { createHash, randomBytes } from "node:crypto";

/** An application that signs a person in, as the realm knows it. */
export interface Application {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUri: string;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** A browser at Keycloak's sign-in pages: it keeps cookies and follows nothing by itself. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #verifier = randomBytes(32).toString("base64url");
  #page = "";

  /** Opens the application's sign-in page. `change` alters the request, null leaves a parameter out. */
  async open(
    application: Application,
    change: Readonly<Record<string, string | null>> = {},
  ): Promise<string> {
    const url = new URL(`${application.issuer}/protocol/openid-connect/auth`);
    const parameters: Record<string, string | null> = {
      client_id: application.clientId,
      redirect_uri: application.redirectUri,
      response_type: "code",
      scope: "openid",
      state: "state",
      code_challenge: createHash("sha256").update(this.#verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...change,
    };
    for (const [name, value] of Object.entries(parameters))
      if (value !== null) url.searchParams.set(name, value);
    return this.#go(url.href);
  }

  /** Sends the page's form. Gives the address that the application is called back at, else what the page says. */
  async submit(fields: Readonly<Record<string, string>>): Promise<string> {
    const action = /<form[^>]*\saction="([^"]+)"/.exec(this.#page)?.[1]?.replaceAll("&amp;", "&");
    if (action === undefined) throw new Error(`no form on this page:\n${this.#page}`);
    return this.#go(action, new URLSearchParams(fields));
  }

  /** Opens, signs in and trades the code for tokens. */
  async signIn(application: Application, username: string, password: string): Promise<Tokens> {
    await this.open(application);
    return this.tokens(application, await this.submit({ username, password }));
  }

  async tokens(application: Application, callback: string): Promise<Tokens> {
    const code = URL.canParse(callback) ? new URL(callback).searchParams.get("code") : null;
    if (code === null) throw new Error(`no code, but: ${callback}`);
    const answer = await token(application, {
      grant_type: "authorization_code",
      code,
      redirect_uri: application.redirectUri,
      code_verifier: this.#verifier,
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Tokens;
  }

  async #go(url: string, body?: URLSearchParams): Promise<string> {
    const answer = await fetch(url, {
      method: body ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body && { body }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      this.#cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    const host = new URL(url).host;
    if (location !== null) return new URL(location).host === host ? this.#go(location) : location;
    this.#page = await answer.text();
    return textOf(this.#page);
  }
}

/** Calls the token endpoint. */
export function token(application: Application, fields: Readonly<Record<string, string>>): Promise<Response> {
  const { clientId: client_id, clientSecret: client_secret } = application;
  const body = new URLSearchParams({
    ...fields,
    client_id,
    ...(client_secret !== undefined && { client_secret }),
  });
  return fetch(`${application.issuer}/protocol/openid-connect/token`, { method: "POST", body });
}

/** What a JSON Web Token says, unchecked. */
export function claims(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
