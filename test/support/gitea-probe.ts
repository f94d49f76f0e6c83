import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { startTestServers } from "./servers.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Answer = Readonly<Record<string, unknown>>;

interface Credentials {
  readonly username: string;
  readonly password: string;
}

const object = z.record(z.string(), z.unknown());
const run = promisify(execFile);

/** A new pair of keys in a folder, with a comment; gives the public one. */
export async function newKey(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "somebody@somewhere", "-f", file]);
  return readFileSync(`${file}.pub`, "utf8").trim();
}

/** A name that no other run has. */
export const unique = (name: string): string => `${name}-${randomBytes(3).toString("hex")}`;

export const basic = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

/** Looks at and changes Gitea by hand: as its administrator, or as one of the people. */
export class GiteaProbe {
  readonly url: string;
  readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** The server of the environment; the tests' own, started where there is none. */
  static async start(): Promise<GiteaProbe> {
    if (process.env["GITEA_SERVER_TOKEN"] === undefined) await startTestServers({ with: ["gitea"] });
    const { GITEA_SERVER_URL: url = "", GITEA_SERVER_TOKEN: token = "" } = process.env;
    return new GiteaProbe(url, token);
  }

  /** The provider's environment, with the server's address behind a proxy. */
  environment(url = this.url): Record<string, string | undefined> {
    return { ...process.env, GITEA_SERVER_URL: url };
  }

  /** What the server answers, whatever it is. */
  send(
    method: Method,
    path: string,
    body?: object,
    authorization = `token ${this.token}`,
  ): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      redirect: "manual",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The object that a call gives, empty where it gives none; throws when it is refused. */
  async call(method: Method, path: string, body?: object, authorization?: string): Promise<Answer> {
    const response = await this.send(method, path, body, authorization);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : object.parse(JSON.parse(text));
  }

  async list(path: string): Promise<Answer[]> {
    return z.array(object).parse(await (await this.send("GET", path)).json());
  }

  async status(method: Method, path: string, authorization?: string): Promise<number> {
    const response = await this.send(method, path, undefined, authorization);
    await response.body?.cancel();
    return response.status;
  }

  /** Changes an account as its administrator does in the browser. */
  async editUser(username: string, change: object): Promise<void> {
    const { login_name: mark } = await this.call("GET", `/users/${username}`);
    await this.call("PATCH", `/admin/users/${username}`, {
      source_id: 0,
      login_name: mark === "" ? username : mark,
      ...change,
    });
  }

  /** An access token that a person makes with their password. */
  async tokenOf(credentials: Credentials): Promise<string> {
    const body = { name: unique("test"), scopes: ["all"] };
    const path = `/users/${credentials.username}/tokens`;
    return z.string().parse((await this.call("POST", path, body, basic(credentials)))["sha1"]);
  }

  /** Signs in with a form as a browser does. Gives the session's cookie when the answer leads on, and not back to the form. */
  async session({ username, password }: Credentials): Promise<string | undefined> {
    const form = await fetch(`${this.url}/user/login`);
    const page = await form.text();
    const answer = await fetch(`${this.url}/user/login`, {
      method: "POST",
      headers: { cookie: cookieOf(form), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        _csrf: /name="_csrf" value="([^"]*)"/.exec(page)?.[1] ?? "",
        user_name: username,
        password,
      }),
      redirect: "manual",
    });
    await answer.body?.cancel();
    return [302, 303].includes(answer.status) ? cookieOf(answer) : undefined;
  }

  async signsIn(credentials: Credentials): Promise<boolean> {
    return (await this.session(credentials)) !== undefined;
  }

  /** The settings page that a session shows its person. */
  async settingsPage(session = ""): Promise<string> {
    return (await fetch(`${this.url}/user/settings`, { headers: { cookie: session } })).text();
  }

  /** Asks for a repository's branches as `git clone` does. Gives git's complaint, or "" when it is let in. */
  async git(repository: string, { username, password }: Credentials): Promise<string> {
    const url = new URL(`${this.url}/${repository}.git`);
    Object.assign(url, { username, password });
    try {
      await run("git", ["ls-remote", url.href], { env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } });
      return "";
    } catch (error) {
      return z.object({ stderr: z.string() }).parse(error).stderr;
    }
  }

  /** The same over SSH, with the key in a file. */
  async gitOverSsh(repository: string, keyFile: string): Promise<string> {
    const { ssh_url: url } = await this.call("GET", `/repos/${repository}`);
    const options = [
      "IdentitiesOnly=yes",
      "StrictHostKeyChecking=no",
      "UserKnownHostsFile=/dev/null",
      "BatchMode=yes",
    ];
    const ssh = ["ssh", "-i", keyFile, ...options.flatMap((option) => ["-o", option])].join(" ");
    try {
      await run("git", ["ls-remote", String(url)], { env: { ...process.env, GIT_SSH_COMMAND: ssh } });
      return "";
    } catch (error) {
      return z.object({ stderr: z.string() }).parse(error).stderr;
    }
  }

  async makeOrganization(name: string, change: object = {}): Promise<void> {
    await this.call("POST", "/orgs", { username: name, visibility: "private", ...change });
  }

  /** Removes organizations and accounts, with all that is in them. */
  async remove({ organizations = [], users = [] }: Removal): Promise<void> {
    for (const name of organizations) {
      const response = await this.send("GET", `/orgs/${name}/repos?limit=50`);
      const repositories = response.ok ? z.array(object).parse(await response.json()) : [];
      for (const each of repositories) await this.send("DELETE", `/repos/${name}/${String(each["name"])}`);
      await this.send("DELETE", `/orgs/${name}`);
    }
    for (const name of users) await this.send("DELETE", `/admin/users/${name}?purge=true`);
  }
}

interface Removal {
  readonly organizations?: readonly string[];
  readonly users?: readonly string[];
}
