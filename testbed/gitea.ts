import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { giteaSettings } from "./gitea-settings.ts";
import { obtainProgram, programFolder, type GoProgram } from "./go-server.ts";
import type { Place } from "./place.ts";
import type { Note, Server, User } from "./server.ts";
import { readToken, writeToken } from "./token.ts";
import { unprivilegedUser } from "./unprivileged-user.ts";
import { removeOutside, userHome } from "./user-home.ts";

const run = promisify(execFile);
const administrator = "tenantry";

/** Gitea 1.26 with SQLite in it. */
const program: GoProgram = {
  name: "gitea",
  system: "Gitea",
  module: "code.gitea.io/gitea",
  version: "v1.26.4",
  package: "code.gitea.io/gitea",
  variables: { "main.Version": "1.26.4" },
  tags: ["sqlite", "sqlite_unlock_notify"],
  c: true,
  folders: ["templates", "options", "public"],
};

export const gitea: Server = {
  name: "gitea",
  title: "Gitea",
  optional: true,
  needs: [],
  ports: ["http", "ssh"],
  stopSignal: "SIGTERM",
  patience: 120_000,

  address,

  async obtain(say, signal) {
    await requireGit();
    await obtainProgram(program, say, signal);
  },

  prepare(place, note) {
    const { user, software, data, settings } = home(place, note);
    // A first start that was cut off leaves half a database, and no administrator.
    if (!existsSync(place.bootstrapped)) rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { recursive: true, mode: 0o700 });
    // Gitea writes in there too: whatever stands at the name isn't followed.
    rmSync(settings, { force: true });
    writeFileSync(settings, giteaSettings(place, user, data, software), { mode: 0o600, flag: "wx" });
    if (user) for (const path of [data, settings]) chownSync(path, user.uid, user.gid);
    return Promise.resolve({
      argv: [join(software, program.name), "web", "--config", settings],
      mark: settings,
      env: variables(data),
      ...(user && { user }),
    });
  },

  async ready(place) {
    const response = await fetch(`${address(place)}/api/healthz`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok ?? false;
  },

  async administered(place) {
    const token = readToken(place);
    if (token === undefined) return false;
    const response = await call(place, "GET", "/user", `token ${token}`);
    return response.ok && z.object({ is_admin: z.boolean() }).parse(await response.json()).is_admin;
  },

  async bootstrap(place) {
    if (await gitea.administered?.(place)) return;
    if (!/^\d+\s+tenantry\s/m.test(await admin(place, "list", "--admin"))) {
      const account = ["--username", administrator, "--email", "tenantry@localhost.localdomain"];
      await admin(
        place,
        "create",
        "--admin",
        ...account,
        "--random-password",
        "--must-change-password=false",
      );
    }
    // A name is used once only, and a token is shown once only.
    const name = `tenantry-local-${randomBytes(4).toString("hex")}`;
    const given = ["--username", administrator, "--token-name", name, "--raw"];
    const [token] = /^[0-9a-f]{40}$/m.exec(await admin(place, "generate-access-token", ...given)) ?? [];
    if (token === undefined) throw refused("generate-access-token");
    await useOwnPassword(place, token);
    await removeOtherTokens(place, name);
    writeToken(place, token);
  },

  remove: (place) => {
    removeOutside(place);
    return Promise.resolve();
  },

  environment: (place) => ({ gitea: { url: address(place) } }),
  credentials(place) {
    const token = readToken(place);
    return token === undefined ? {} : { GITEA_SERVER_TOKEN: token };
  },
};

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}

interface Home {
  readonly user: User | undefined;
  readonly software: string;
  readonly data: string;
  readonly settings: string;
}

function home(place: Place, note: Note = () => undefined): Home {
  const user = unprivilegedUser("Gitea");
  const probe = join("templates", "home.tmpl");
  const { software, folder } = userHome(
    place,
    user,
    { title: "Gitea", folder: programFolder(program), probe },
    note,
  );
  const data = join(folder, "data");
  return { user, software, data, settings: join(data, "app.ini") };
}

/** Git reads its settings from the home folder: nobody's own may count. */
const variables = (data: string): Record<string, string> => ({ HOME: data, GITEA_WORK_DIR: data });

async function requireGit(): Promise<void> {
  try {
    await run("git", ["--version"]);
  } catch (cause) {
    throw new Failure("git-missing", "Gitea needs git, and there's none on PATH", {
      cause,
      system: "Gitea",
      fix: "install git (Debian: apt install git)",
    });
  }
}

/** Runs one of Gitea's own commands for users, which need no password. Gives what it printed. */
async function admin(place: Place, ...args: string[]): Promise<string> {
  const { user, software, data, settings } = home(place);
  try {
    const { stdout } = await run(
      join(software, program.name),
      ["admin", "user", ...args, "--config", settings],
      {
        cwd: "/",
        env: { PATH: process.env["PATH"], ...variables(data) },
        ...(user && { uid: user.uid, gid: user.gid }),
      },
    );
    return stdout;
  } catch (cause) {
    throw refused(args[0] ?? "", cause);
  }
}

/** The command line chose a password that nobody knows. */
async function useOwnPassword(place: Place, token: string): Promise<void> {
  const response = await call(place, "PATCH", `/admin/users/${administrator}`, `token ${token}`, {
    login_name: administrator,
    source_id: 0,
    password: place.secret("admin"),
    must_change_password: false,
  });
  if (!response.ok) throw refused(`password: ${response.status}`);
}

/** Gitea lets nobody remove tokens but with the password. */
async function removeOtherTokens(place: Place, kept: string): Promise<void> {
  const basic = `Basic ${Buffer.from(`${administrator}:${place.secret("admin")}`).toString("base64")}`;
  const path = `/users/${administrator}/tokens`;
  const response = await call(place, "GET", path, basic);
  if (!response.ok) throw refused(`tokens: ${response.status}`);
  for (const { id, name } of tokens.parse(await response.json())) {
    if (name !== kept) await call(place, "DELETE", `${path}/${id}`, basic);
  }
}

const tokens = z.array(z.object({ id: z.int(), name: z.string() }));

function refused(what: string, cause?: unknown): Failure {
  return new Failure("gitea-admin", `Gitea refuses its own administrator (${what})`, {
    cause,
    system: "Gitea",
    fix: "start afresh, without its data: npx tenantry local down --only gitea --delete",
  });
}

function call(
  place: Place,
  method: "GET" | "PATCH" | "DELETE",
  path: string,
  authorization: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${address(place)}/api/v1${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    signal: AbortSignal.timeout(10_000),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
