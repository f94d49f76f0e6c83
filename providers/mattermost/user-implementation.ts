import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { generatePassword } from "../tenantry/generate-password.ts";
import { removedByHand } from "../removed-by-hand.ts";
import {
  account,
  accountByEmail,
  accountById,
  accountByName,
  endAccess,
  extraRoles,
  markOn,
  propsWithMark,
  type Account,
} from "./account.ts";
import { apiOf, makeNamed, serverFrom, system, withMeanings, type Environment } from "./api.ts";
import { requireSignIn } from "./capability.ts";
import { userInputs, userOutputs, type UserInputs, type UserOutputs } from "./user-inputs.ts";
import { profileOf, setActive, settleUser, taken } from "./user-settle.ts";

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<UserInputs, UserOutputs> {
  const api = apiOf(serverFrom(environment));

  return {
    inputs: userInputs,
    outputs: userOutputs,
    replaceOn: [],

    async create(news) {
      if (news.signIn !== undefined) await requireSignIn(api, news.signIn.service);
      const password = news.signIn === undefined ? generatePassword() : undefined;
      const { thing: user, isNew } = await withMeanings(taken, () =>
        createOnce({ find: () => findOurs(api, news), make: () => makeUser(api, news, password) }),
      );
      await settleUser(api, user, news, { renew: !isNew, password });
      return { id: user.id, outputs: { ...news, password } };
    },

    async read(id, state) {
      const user = await accountById(api, id);
      return (
        user && { ...asFound(user, state), password: user.auth_service === "" ? state.password : undefined }
      );
    },

    async update(id, olds, news) {
      const user = await accountById(api, id);
      if (user === undefined) throw removedByHand(system, "user", news.username);
      const renew =
        news.rotation !== olds.rotation ||
        news.signIn?.subject !== olds.signIn?.subject ||
        (news.signIn === undefined && (user.auth_service !== "" || olds.password === undefined));
      const fresh = renew ? generatePassword() : olds.password;
      const password = news.signIn === undefined ? fresh : undefined;
      await settleUser(api, user, news, { renew, password });
      return { ...news, password };
    },

    async delete(id) {
      const user = await accountById(api, id);
      if (user === undefined) return;
      if (user.delete_at === 0) await setActive(api, id, false);
      await endAccess(api, id);
    },
  };
}

/**
 * Makes it with a password, also where it gets a sign-in service afterwards: only then does the server say clearly that
 * the subject is another account's. The server sends no mail about it.
 */
function makeUser(api: ApiClient, news: UserInputs, password = generatePassword()): Promise<Account> {
  const quietly = { email_verified: true, disable_welcome_email: true };
  const body = { ...profileOf(news), password, ...quietly, props: propsWithMark(news.mark) };
  return makeNamed(Object.keys(taken), () => api.post("/users", body, account));
}

/**
 * The account that this person has already: of an earlier try or an earlier time, or one that is to be adopted. Who comes
 * back under another name has their old account, which still holds the address.
 */
async function findOurs(api: ApiClient, news: UserInputs): Promise<Account | undefined> {
  const { username: name, email, mark, adopt } = news;
  const named = await accountByName(api, name);
  if (named !== undefined) {
    if (named.is_bot === true) throw nameOfBot(name);
    requireOurs({ system, thing: "user", name, found: markOn(named), mark, adopt });
    if (markOn(named) !== mark) await refuseOurselves(api, named);
    return named;
  }
  const addressed = await accountByEmail(api, email);
  if (addressed === undefined) return undefined;
  // Another try made it since the name was looked up.
  if (addressed.username === name) return findOurs(api, news);
  if (markOn(addressed) === mark && addressed.delete_at !== 0) return addressed;
  throw new Failure("email-taken", `${email} is the address of the account ${addressed.username}`, {
    system,
    fix:
      markOn(addressed) === mark
        ? "remove that person in one run and add this one in the next, or give them another address"
        : "give the person another address, or change that account's",
  });
}

/** Nobody adopts the account whose token this is: its tokens would be revoked. */
async function refuseOurselves(api: ApiClient, user: Account): Promise<void> {
  const me = await api.get("/users/me", z.object({ id: z.string() }));
  if (me?.id !== user.id) return;
  throw new Failure("user-not-ours", `${user.username} is the account that Tenantry works with`, {
    system,
    fix: "choose another username",
  });
}

function asFound(user: Account, state: UserInputs): UserInputs {
  const roles = extraRoles(user);
  const service = userInputs.shape.signIn.safeParse(
    user.auth_service === "" ? undefined : { service: user.auth_service, subject: subjectOf(user, state) },
  );
  return {
    username: user.username,
    email: user.email,
    firstName: user.first_name,
    lastName: user.last_name,
    enabled: user.delete_at === 0,
    systemAdmin: roles.includes("system_admin"),
    signIn: service.data,
    rotation: state.rotation,
    adopt: state.adopt,
    mark: markOn(user),
    extraRoles: roles.filter((role) => role !== "system_admin"),
  };
}

/** The server tells nobody the subject: it counts as unchanged while the service is. */
function subjectOf({ auth_service: service }: Account, { signIn }: UserInputs): string {
  return signIn?.service === service ? signIn.subject : "0";
}

function nameOfBot(name: string): Failure {
  return new Failure("username-taken", `${name} is the name of a bot`, {
    system,
    fix: "choose another name",
  });
}
