import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { coderBinary, coderProvider, obtainCoder } from "./coder-programs.ts";
import type { Place } from "./place.ts";
import { dropDatabaseOf, ownDatabase, postgres } from "./postgres.ts";
import type { Server } from "./server.ts";
import { terraformFolder, terraformSettings } from "./terraform.ts";
import { readToken, writeToken } from "./token.ts";

const administrator = { username: "tenantry", email: "tenantry@localhost.localdomain" };
const tokenName = "tenantry-local";

export const coder: Server = {
  name: "coder",
  title: "Coder",
  optional: true,
  needs: [postgres],
  ports: ["http"],
  stopSignal: "SIGTERM",
  patience: 180_000,

  address,
  obtain: obtainCoder,

  async prepare(place) {
    const { user, password, host, port, database } = await ownDatabase(place, coder);
    const cache = join(place.folder, "cache");
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    return {
      argv: [
        coderBinary(),
        ...["server", "--cache-dir", cache],
        // Its variable would be taken for a provider of that name.
        "--external-auth-github-default-provider-enable=false",
      ],
      mark: cache,
      env: {
        PATH: [terraformFolder(), process.env["PATH"]].join(delimiter),
        HOME: place.folder,
        TF_CLI_CONFIG_FILE: terraformSettings(place.folder, [coderProvider]),
        CHECKPOINT_DISABLE: "1",
        CODER_PG_CONNECTION_URL: `postgres://${user}:${password}@${host}:${port}/${database}?sslmode=disable`,
        CODER_HTTP_ADDRESS: new URL(address(place)).host,
        CODER_ACCESS_URL: address(place),
        CODER_PROVISIONER_DAEMONS: "2",
        // Else an administrator's token ends after a week.
        CODER_MAX_ADMIN_TOKEN_LIFETIME: "876600h",
        CODER_DANGEROUS_DISABLE_RATE_LIMITS: "true",
        CODER_TELEMETRY_ENABLE: "false",
        CODER_UPDATE_CHECK: "false",
        CODER_DERP_SERVER_STUN_ADDRESSES: "disable",
        CODER_OAUTH2_GITHUB_DEFAULT_PROVIDER_ENABLE: "false",
        CODER_AI_GATEWAY_ENABLED: "false",
        CODER_DISABLE_TEMPLATE_BUILDER: "true",
      },
    };
  },

  async ready(place) {
    const response = await call(place, "GET", "/buildinfo").catch(() => undefined);
    return response?.ok ?? false;
  },

  async administered(place) {
    const token = readToken(place);
    if (token === undefined) return false;
    const response = await call(place, "GET", "/users/me", { token });
    return response.ok && profile.parse(await response.json()).roles.some(({ name }) => name === "owner");
  },

  async bootstrap(place) {
    if (await coder.administered?.(place)) return;
    const password = place.secret("admin");
    if ((await call(place, "GET", "/users/first")).status === 404) {
      const body = { ...administrator, password, trial: false };
      await accepted(call(place, "POST", "/users/first", { body }));
    }
    const body = { email: administrator.email, password };
    const signedIn = await accepted(call(place, "POST", "/users/login", { body }));
    const { session_token: token } = session.parse(await signedIn.json());
    const known = await accepted(call(place, "GET", "/users/me/keys/tokens", { token }));
    for (const { id, token_name: name } of tokens.parse(await known.json()) ?? []) {
      if (name === tokenName) await accepted(call(place, "DELETE", `/users/me/keys/${id}`, { token }));
    }
    const wanted = { token_name: tokenName, lifetime: tenYears };
    const made = await accepted(call(place, "POST", "/users/me/keys/tokens", { token, body: wanted }));
    writeToken(place, newToken.parse(await made.json()).key);
    await call(place, "POST", "/users/logout", { token });
  },

  remove: (place) => dropDatabaseOf(place, coder),
  environment: (place) => ({ coder: { url: address(place) } }),
  credentials(place) {
    const token = readToken(place);
    return token === undefined ? {} : { CODER_SESSION_TOKEN: token };
  },
};

const profile = z.object({ roles: z.array(z.object({ name: z.string() })) });
const session = z.object({ session_token: z.string() });
/** `null` when there's none. */
const tokens = z.array(z.object({ id: z.string(), token_name: z.string() })).nullable();
const newToken = z.object({ key: z.string() });

/** In nanoseconds. */
const tenYears = 10 * 365 * 86_400 * 1e9;

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}

async function accepted(calling: Promise<Response>): Promise<Response> {
  const response = await calling;
  if (response.ok) return response;
  const { pathname } = new URL(response.url);
  throw new Failure(
    "coder-admin",
    `Coder refuses its own administrator: ${response.status} for ${pathname}`,
    {
      system: "Coder",
      fix: "start afresh, without its data: npx tenantry local down --only coder --delete",
    },
  );
}

function call(
  place: Place,
  method: "GET" | "POST" | "DELETE",
  path: string,
  { token, body }: { readonly token?: string; readonly body?: unknown } = {},
): Promise<Response> {
  return fetch(`${address(place)}/api/v2${path}`, {
    method,
    headers: token === undefined ? {} : { "coder-session-token": token },
    signal: AbortSignal.timeout(10_000),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
