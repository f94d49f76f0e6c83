import { createSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { type Environment, readVariables } from "../read-variables.ts";
import { apiOf, system } from "./api.ts";

const app = z.object({
  GITHUB_BASE_URL: z.url(),
  GITHUB_APP_ID: z.string().regex(/^\d+$/),
  GITHUB_APP_INSTALLATION_ID: z.string().regex(/^\d+$/),
  GITHUB_APP_PEM_FILE: z.string().min(1),
});

/** Tokens last an hour; one for all tenants of a run. By installation. */
const known = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
const lifetime = 45 * 60_000;

/**
 * An environment whose `GITHUB_TOKEN` is an app's, where it names an app: `GITHUB_APP_ID`, `GITHUB_APP_INSTALLATION_ID` and
 * `GITHUB_APP_PEM_FILE`, the path of its private key or, as the official plugin has it, the key itself.
 *
 * Throws a {@link Failure} `credentials-missing`, and what calls of the server throw.
 */
export async function withAppToken<E extends Environment>(environment: E): Promise<E> {
  if (!environment["GITHUB_APP_ID"] || !environment["GITHUB_BASE_URL"]) return environment;
  const given = readVariables(app, environment, {
    system,
    fix: (names) =>
      `set ${names} to what GitHub shows of the app and of its installation in the organization`,
  });
  const { GITHUB_BASE_URL: url, GITHUB_APP_INSTALLATION_ID: installation } = given;
  const key = `${url} ${installation}`;
  const before = known.get(key);
  const token = before && before.until > Date.now() ? before.token : installationToken(given);
  if (token !== before?.token) known.set(key, { token, until: Date.now() + lifetime });
  try {
    return { ...environment, GITHUB_TOKEN: await token };
  } catch (error) {
    known.delete(key);
    throw error;
  }
}

/** https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app */
async function installationToken(given: z.output<typeof app>): Promise<string> {
  const jwt = appJwt(given.GITHUB_APP_ID, privateKey(given.GITHUB_APP_PEM_FILE));
  const path = `/app/installations/${given.GITHUB_APP_INSTALLATION_ID}/access_tokens`;
  const api = apiOf({ url: given.GITHUB_BASE_URL, token: jwt });
  return (await api.post(path, {}, z.object({ token: z.string() }), { repeatable: true })).token;
}

function privateKey(given: string): string {
  if (given.startsWith("-----BEGIN")) return given.replaceAll(String.raw`\n`, "\n");
  try {
    return readFileSync(given, "utf8");
  } catch (cause) {
    throw new Failure("credentials-missing", "the app's private key can't be read", {
      system,
      fix: "set GITHUB_APP_PEM_FILE to the path of the .pem file that GitHub gave you",
      cause,
    });
  }
}

/** A minute back, for clocks that differ; GitHub takes ten minutes at most. */
function appJwt(id: string, key: string): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iat: now - 60, exp: now + 300, iss: id },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const text = parts.join(".");
  try {
    return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
  } catch (cause) {
    throw new Failure("credentials-missing", "the app's private key is none", {
      system,
      fix: "set GITHUB_APP_PEM_FILE to the .pem file that GitHub gave you",
      cause,
    });
  }
}
