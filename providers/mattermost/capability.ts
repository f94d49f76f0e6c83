import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { apiOf, serverFrom, system, type Environment } from "./api.ts";

/** Each sign-in service, and the setting of the client's configuration that says whether it is on. */
const signInSettings = {
  openid: "EnableSignUpWithOpenId",
  gitlab: "EnableSignUpWithGitLab",
  google: "EnableSignUpWithGoogle",
  office365: "EnableSignUpWithOffice365",
  saml: "EnableSaml",
  ldap: "EnableLdap",
} as const;

/** What the server calls a service that people can sign in by. */
export type SignInService = keyof typeof signInSettings;
export const signInService = z.enum(["openid", "gitlab", "google", "office365", "saml", "ldap"]);

const configuration = z.record(z.string(), z.string());

/** The part of the server's configuration that every client may see. Switches are "true" and "false". */
export async function clientConfiguration(api: ApiClient): Promise<z.output<typeof configuration>> {
  return (await api.get("/config/client?format=old", configuration)) ?? {};
}

/**
 * Checks that people can sign in by a service. The Team Edition knows `gitlab` only; the others take a licence, and the
 * server stores them for an account all the same, which nobody could sign in to then.
 *
 * Throws a {@link Failure} `capability-missing`.
 */
export async function requireSignIn(api: ApiClient, service: SignInService): Promise<void> {
  if ((await clientConfiguration(api))[signInSettings[service]] === "true") return;
  throw new Failure("capability-missing", `the server does not let people sign in by ${service}`, {
    system,
    fix:
      service === "gitlab"
        ? "turn on GitLabSettings.Enable at the server, or let people sign in by password"
        : `turn ${service} on at the server, which takes a licence (the Team Edition has gitlab only), or let people sign in by password`,
  });
}

/** The same with the credentials of an environment: for a program, before it declares anything. */
export function requireMattermostSignIn(environment: Environment, service: SignInService): Promise<void> {
  return requireSignIn(apiOf(serverFrom(environment)), service);
}

/** Throws a {@link Failure} `capability-missing` unless a setting of the client's configuration is on. */
export async function requireSetting(api: ApiClient, setting: string, what: string): Promise<void> {
  if ((await clientConfiguration(api))[setting] === "true") return;
  throw new Failure("capability-missing", `the server does not allow ${what}`, {
    system,
    fix: `turn on ServiceSettings.${setting} at the server`,
  });
}
