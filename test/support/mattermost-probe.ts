import { z } from "zod";
import { startTestServers } from "./servers.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Answer = Readonly<Record<string, unknown>>;

const object = z.record(z.string(), z.unknown());

/** Looks at and changes Mattermost by hand: as an administrator, or as one of the people. */
export class MattermostProbe {
  readonly url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** The server of the environment; the tests' own, started where there is none. */
  static async start(): Promise<MattermostProbe> {
    if (process.env["MATTERMOST_TOKEN"] === undefined) await startTestServers({ with: ["mattermost"] });
    const { MATTERMOST_URL: url = "", MATTERMOST_TOKEN: token = "" } = process.env;
    return new MattermostProbe(url, token);
  }

  /** What the server answers, whatever it is. */
  send(method: Method, path: string, body?: object, token: string = this.#token): Promise<Response> {
    return fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The object that a call gives; throws when it is refused. */
  async call(method: Method, path: string, body?: object, token?: string): Promise<Answer> {
    const response = await this.send(method, path, body, token);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return object.parse(await response.json());
  }

  /** The id of what a call makes. */
  async make(path: string, body: object, token?: string): Promise<string> {
    const { id, user_id: botId } = await this.call("POST", path, body, token);
    return z.string().parse(id ?? botId);
  }

  /** The lists that the API gives. */
  async list(path: string): Promise<Answer[]> {
    return z.array(object).parse(await (await this.send("GET", path)).json());
  }

  /** The token of a new session; undefined when the server lets nobody in. */
  async signIn(username: string, password: string | undefined): Promise<string | undefined> {
    const response = await fetch(`${this.url}/api/v4/users/login`, {
      method: "POST",
      body: JSON.stringify({ login_id: username, password }),
    });
    await response.body?.cancel();
    return response.headers.get("token") ?? undefined;
  }

  /** Whose session or access token this is; undefined when it is worth nothing. */
  async whoIs(token: string | undefined): Promise<unknown> {
    const response = await this.send("GET", "/users/me", undefined, token);
    return response.ok ? object.parse(await response.json())["username"] : undefined;
  }

  /** Removes a team by its name, or an account by its, wherever they are there. */
  async removeTeam(name: string): Promise<void> {
    const response = await this.send("GET", `/teams/name/${name}`);
    if (!response.ok) return;
    const { id } = object.parse(await response.json());
    await this.send("DELETE", `/teams/${String(id)}?permanent=true`);
  }

  async removeUser(username: string): Promise<void> {
    const response = await this.send("GET", `/users/username/${username}`);
    if (!response.ok) return;
    const { id } = object.parse(await response.json());
    await this.send("DELETE", `/users/${String(id)}?permanent=true`);
  }
}
