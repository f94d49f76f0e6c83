import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { account, endAccess, extraRoles, markOn, propsWithMark, setRoles, type Account } from "./account.ts";
import { system, withMeanings, type Meanings } from "./api.ts";
import { requireSignIn } from "./capability.ts";
import type { UserInputs } from "./user-inputs.ts";

interface Renewal {
  /** Set as the password, or when there is a `signIn` set again by it; sessions and tokens end. */
  readonly renew: boolean;
  readonly password: string | undefined;
}

/**
 * Brings an account to its inputs by the calls that it takes and no others. Access that has to end ends first, and access
 * that begins does so last: whatever breaks in between, nobody is let in who shouldn't be.
 */
export async function settleUser(
  api: ApiClient,
  found: Account,
  news: UserInputs,
  { renew, password }: Renewal,
): Promise<void> {
  const { id } = found;
  const { signIn, enabled, systemAdmin } = news;
  const active = found.delete_at === 0;
  const service = found.auth_service;
  const switched = (signIn?.service ?? "") !== service;
  if (signIn !== undefined && switched) await requireSignIn(api, signIn.service);
  const profile = profileChange(found, news);
  const roles = systemAdmin ? ["system_admin"] : [];
  const rolesDiffer = extraRoles(found).join(" ") !== roles.join(" ");
  // Names and address belong to the sign-in service: the server refuses or ignores a change. Detached for a moment, the
  // account has a password that is no hash, which nothing matches, and the person gets no mail about it.
  const detach = signIn !== undefined && (renew || switched || (profile !== undefined && service !== ""));

  if (active && !enabled) await setActive(api, id, false);
  if (detach) await setPassword(api, id, { already_hashed: "true", new_password: "*" });
  else if (renew) await setPassword(api, id, { new_password: password });
  if (renew || switched || (active && !enabled)) await endAccess(api, id);
  if (rolesDiffer && !systemAdmin) await setRoles(api, id, roles);
  if (profile !== undefined) await setProfile(api, id, profile, news);
  if (detach) await setSignIn(api, id, signIn);
  if (rolesDiffer && systemAdmin) await setRoles(api, id, roles);
  if (!active && enabled) await setActive(api, id, true);
}

/** Deactivating ends sessions; the account and what was written by it stay. */
export async function setActive(api: ApiClient, id: string, active: boolean): Promise<void> {
  await api.put(`/users/${id}/active`, { active }, z.unknown());
}

async function setPassword(api: ApiClient, id: string, body: object): Promise<void> {
  await api.put(`/users/${id}/password`, body, z.unknown());
}

async function setSignIn(
  api: ApiClient,
  id: string,
  { service, subject }: NonNullable<UserInputs["signIn"]>,
): Promise<void> {
  const body = { auth_service: service, auth_data: subject };
  await withMeanings(taken, () => api.put(`/users/${id}/auth`, body, z.unknown()));
}

/** What has to change among what the server calls the profile; undefined when nothing has. */
function profileChange(found: Account, news: UserInputs): object | undefined {
  const same =
    found.username === news.username &&
    found.email === news.email &&
    found.first_name === news.firstName &&
    found.last_name === news.lastName &&
    markOn(found) === news.mark;
  return same ? undefined : { ...profileOf(news), props: propsWithMark(news.mark, found.props) };
}

export function profileOf({ username, email, firstName, lastName }: UserInputs): object {
  return { username, email, first_name: firstName, last_name: lastName };
}

async function setProfile(api: ApiClient, id: string, profile: object, { email }: UserInputs): Promise<void> {
  const changed = await withMeanings(taken, () => api.put(`/users/${id}/patch`, profile, account));
  if (changed.email !== email) {
    throw new Failure("email-not-changed", `the server waits until ${email} is confirmed by mail`, {
      system,
      fix: "have the link in that mail followed, or turn off EmailSettings.RequireEmailVerification at the server, then run it again",
    });
  }
  await api.post(`/users/${id}/email/verify/member`, {}, z.unknown(), { repeatable: true });
}

/** What the server says about names that are in use. */
export const taken: Meanings = {
  "app.user.save.username_exists.app_error": () =>
    new Failure("username-taken", "the username is another account's", {
      system,
      fix: "choose another name",
    }),
  "app.user.save.email_exists.app_error": () =>
    new Failure("email-taken", "the address is another account's", {
      system,
      fix: "give the person another address, or change that account's",
    }),
  "app.user.update_auth_data.email_exists.app_error": () =>
    new Failure("subject-taken", "another account signs in as the same subject", {
      system,
      fix: "check signIn.subject, or remove the other account",
    }),
};
