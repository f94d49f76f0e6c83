import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { obtainProgram, programFolder, type GoProgram } from "./go-server.ts";
import type { Place } from "./place.ts";
import { dropDatabaseOf, ownDatabase, postgres } from "./postgres.ts";
import type { Server } from "./server.ts";
import { readToken, writeToken } from "./token.ts";

const administrator = "tenantry";
const tokenName = "tenantry local";
const base = "github.com/mattermost/mattermost/server";

/** Mattermost 10.3, the open Team Edition. */
const program: GoProgram = {
  name: "mattermost",
  system: "Mattermost",
  module: `${base}/v8`,
  version: "v8.0.0-20241112090719-5eef415a39e1",
  package: `${base}/v8/cmd/mattermost`,
  // Its go.mod asks for a commit that was never published as a version; this is the release of the same month.
  requires: { [`${base}/public`]: "v0.1.8" },
  folders: ["templates", "i18n", "fonts"],
};

export const mattermost: Server = {
  name: "mattermost",
  title: "Mattermost",
  optional: true,
  needs: [postgres],
  ports: ["http"],
  stopSignal: "SIGTERM",
  patience: 120_000,

  address,
  obtain: (say, signal) => obtainProgram(program, say, signal),

  async prepare(place) {
    const { user, password, host, port, database } = await ownDatabase(place, mattermost);
    const data = join(place.folder, "data");
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const configuration = join(place.folder, "config.json");
    return {
      argv: [join(programFolder(program), program.name), "server", "--config", configuration],
      mark: configuration,
      env: variables({
        SqlSettings: {
          DriverName: "postgres",
          DataSource: `postgres://${user}:${password}@${host}:${port}/${database}?sslmode=disable`,
        },
        ServiceSettings: {
          SiteURL: address(place),
          ListenAddress: new URL(address(place)).host,
          EnableUserAccessTokens: true,
          EnableBotAccountCreation: true,
          EnableIncomingWebhooks: true,
          // So that destroying a tenant can leave nothing.
          EnableAPITeamDeletion: true,
          EnableAPIUserDeletion: true,
          EnableAPIChannelDeletion: true,
          EnableOnboardingFlow: false,
          EnableTutorial: false,
          EnableSecurityFixAlert: false,
          AllowedUntrustedInternalConnections: "127.0.0.1 localhost",
        },
        TeamSettings: { EnableOpenServer: false, MaxUsersPerTeam: 10_000 },
        FileSettings: { Directory: `${data}/` },
        EmailSettings: {
          SendEmailNotifications: false,
          RequireEmailVerification: false,
          SendPushNotifications: false,
          SMTPServer: "",
        },
        LogSettings: {
          ConsoleLevel: "INFO",
          ConsoleJson: false,
          EnableFile: false,
          EnableDiagnostics: false,
          EnableSentry: false,
        },
        NotificationLogSettings: { EnableConsole: false, EnableFile: false },
        AnnouncementSettings: { AdminNoticesEnabled: false, UserNoticesEnabled: false },
        PluginSettings: { Enable: false, EnableMarketplace: false, EnableRemoteMarketplace: false },
        RateLimitSettings: { Enable: false },
        JobSettings: { RunJobs: false, RunScheduler: false },
      }),
    };
  },

  async ready(place) {
    const response = await call(place, "GET", "/system/ping").catch(() => undefined);
    return response?.ok ?? false;
  },

  async administered(place) {
    const token = readToken(place);
    if (token === undefined) return false;
    const response = await call(place, "GET", "/users/me", { token });
    return (
      response.ok &&
      profile
        .parse(await response.json())
        .roles.split(" ")
        .includes("system_admin")
    );
  },

  async bootstrap(place) {
    if (await mattermost.administered?.(place)) return;
    const session = (await signIn(place)) ?? (await signUp(place));
    const known = await call(place, "GET", "/users/me/tokens?per_page=200", { token: session });
    for (const { id, description } of tokens.parse(await known.json())) {
      if (description !== tokenName) continue;
      await call(place, "POST", "/users/tokens/revoke", { token: session, body: { token_id: id } });
    }
    const made = await call(place, "POST", "/users/me/tokens", {
      token: session,
      body: { description: tokenName },
    });
    writeToken(place, newToken.parse(await made.json()).token);
    await call(place, "POST", "/users/logout", { token: session });
  },

  remove: (place) => dropDatabaseOf(place, mattermost),
  environment: (place) => ({ mattermost: { url: address(place) } }),
  credentials(place) {
    const token = readToken(place);
    return token === undefined ? {} : { MATTERMOST_TOKEN: token };
  },
};

const profile = z.object({ roles: z.string() });
const tokens = z.array(z.object({ id: z.string(), description: z.string() }));
const newToken = z.object({ token: z.string() });

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}

async function signIn(place: Place): Promise<string | undefined> {
  const response = await call(place, "POST", "/users/login", {
    body: { login_id: administrator, password: place.secret("admin") },
  });
  return response.ok ? (response.headers.get("token") ?? undefined) : undefined;
}

/** The first account on a server is its administrator's. */
async function signUp(place: Place): Promise<string> {
  const response = await call(place, "POST", "/users", {
    body: {
      username: administrator,
      email: "tenantry@localhost.localdomain",
      password: place.secret("admin"),
    },
  });
  const session = response.ok ? await signIn(place) : undefined;
  if (session !== undefined) return session;
  throw new Failure("mattermost-admin", `Mattermost refuses its own administrator: ${response.status}`, {
    system: "Mattermost",
    fix: "start afresh, without its data: npx tenantry local down --only mattermost --delete",
  });
}

function call(
  place: Place,
  method: "GET" | "POST",
  path: string,
  { token, body }: { readonly token?: string; readonly body?: unknown } = {},
): Promise<Response> {
  return fetch(`${address(place)}/api/v4${path}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Mattermost takes every setting as a variable: `MM_SERVICESETTINGS_SITEURL`. */
function variables(
  settings: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>,
): Record<string, string> {
  const entries = Object.entries(settings).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]) => [`MM_${group}_${name}`.toUpperCase(), String(value)]),
  );
  return Object.fromEntries(entries) as Record<string, string>;
}
