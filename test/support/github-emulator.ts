import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createEmulator } from "emulate";
import { z } from "zod";

/** Whose token is whose. That of Actions is an app's, which may ask only GraphQL who it is. */
export const tokens = {
  "github-actions[bot]": "ghs_of-the-workflow",
  maintainer: "ghp_of-a-maintainer",
  eve: "ghp_of-somebody-else",
} as const;
type Login = keyof typeof tokens;

const organization = "example";

/** A repository with a pull request on npm's `emulate`, for several users, on loopback. */
export class GithubEmulator {
  readonly repository = `${organization}/tenants`;
  /** As `GITHUB_API_URL` of github.com has it, and below it as that of a server: `${url}/api/v3`. */
  readonly url: string;
  readonly #server: Server;
  readonly #socket: string;
  readonly #close: () => Promise<unknown>;

  private constructor(server: Server, socket: string, close: () => Promise<unknown>) {
    this.#server = server;
    this.#socket = socket;
    this.#close = close;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (incoming, outgoing) => void this.#answer(incoming, outgoing));
  }

  static async start(): Promise<GithubEmulator> {
    const folder = mkdtempSync(join(tmpdir(), "gh-"));
    const socket = join(folder, "s");
    const logins = Object.keys(tokens);
    // The emulator listens on every interface, unless its "port" is a socket's path.
    const emulator = z.object({ close: z.custom<() => Promise<void>>() }).parse(
      await Reflect.apply(createEmulator, undefined, [
        {
          service: "github",
          port: socket,
          seed: {
            tokens: Object.fromEntries(
              Object.entries(tokens).map(([login, token]) => [token, { login, scopes: ["repo"] }]),
            ),
            github: {
              users: logins.map((login) => ({ login })),
              orgs: [{ login: organization, members: logins.map((login) => ({ login, role: "admin" })) }],
              repos: [{ owner: organization, name: "tenants" }],
            },
          },
        },
      ]),
    );
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new GithubEmulator(server, socket, async () => {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#close();
  }

  /** Opens a pull request and gives its number. */
  async pullRequest(branch: string): Promise<number> {
    const { object } = z
      .object({ object: z.object({ sha: z.string() }) })
      .parse(await this.call("maintainer", "GET", `/repos/${this.repository}/git/ref/heads/main`));
    await this.call("maintainer", "POST", `/repos/${this.repository}/git/refs`, {
      ref: `refs/heads/${branch}`,
      sha: object.sha,
    });
    const opened = await this.call("maintainer", "POST", `/repos/${this.repository}/pulls`, {
      title: branch,
      head: branch,
      base: "main",
    });
    return z.object({ number: z.int() }).parse(opened).number;
  }

  async comment(login: Login, number: number, body: string): Promise<void> {
    await this.call(login, "POST", `/repos/${this.repository}/issues/${number}/comments`, { body });
  }

  /** All comments of a pull request. */
  async comments(number: number): Promise<{ login: string; body: string }[]> {
    const path = `/repos/${this.repository}/issues/${number}/comments?per_page=100`;
    const all: { login: string; body: string }[] = [];
    for (let page = 1; ; page += 1) {
      const found = comments.parse(await this.call("maintainer", "GET", `${path}&page=${page}`));
      all.push(...found.map(({ user, body }) => ({ login: user.login, body })));
      if (found.length < 100) return all;
    }
  }

  /** Issues, without pull requests. */
  async issues(state: "open" | "closed"): Promise<{ title: string; body: string; login: string }[]> {
    const path = `/repos/${this.repository}/issues?state=${state}&per_page=100`;
    const found = issues.parse(await this.call("maintainer", "GET", path));
    return found
      .filter((issue) => issue.pull_request === undefined)
      .map(({ title, body, user }) => ({ title, body: body ?? "", login: user.login }));
  }

  /** Calls the REST API as somebody. Throws for a refusal. */
  async call(login: Login, method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens[login]}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${said}`);
    return said === "" ? undefined : JSON.parse(said);
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", headers } = incoming;
    const body = await text(incoming);
    const path = (incoming.url ?? "/")
      .replace(/^\/api\/v3(?=\/)/, "")
      .replace(/^\/api\/graphql$/, "/graphql");
    const login = Object.entries(tokens).find(
      ([, token]) => headers.authorization === `Bearer ${token}`,
    )?.[0];
    const json = (status: number, value: unknown): void => {
      outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    // The emulator takes any token for its first user's.
    if (login === undefined) {
      json(401, { message: "Bad credentials" });
      return;
    }
    if (path === "/user" && login.endsWith("[bot]")) {
      json(403, { message: "Resource not accessible by integration" });
      return;
    }
    if (path === "/graphql") {
      json(200, { data: { viewer: { login } } });
      return;
    }
    const onward = request({ socketPath: this.#socket, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    onward.end(body);
  }
}

const user = z.object({ login: z.string() });
const comments = z.array(z.object({ body: z.string(), user }));
const issues = z.array(
  z.object({ title: z.string(), body: z.string().nullable(), user, pull_request: z.unknown().optional() }),
);
