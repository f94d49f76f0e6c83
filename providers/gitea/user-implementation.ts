import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { requireOurs } from "../ownership.ts";
import { generatePassword } from "../tenantry/generate-password.ts";
import { removedByHand } from "../removed-by-hand.ts";
import {
  account,
  accountById,
  accountByName,
  leaveOrganizations,
  refuseOurselves,
  removeTokens,
  type Account,
} from "./account.ts";
import {
  apiOf,
  hasStatus,
  path,
  refusalOf,
  serverFrom,
  system,
  tokensApiOf,
  type Environment,
} from "./api.ts";

// What the server thinks of a person's name or address is its answer to the create: a failed check would stop everyone.
const inputs = z.strictObject({
  username: z.string().min(1),
  email: z.string().min(1),
  fullName: z.string(),
  enabled: z.boolean().default(true),
  admin: z.boolean().default(false),
  restricted: z.boolean().default(true),
  rotation: z.string().optional(),
  adopt: z.boolean().default(false),
  mark: z.string(),
  /** Who sees that the account is there: members of its organizations. In what is read, who really does. */
  visibility: z.string().default("private"),
  /** None. In what is read, the name that somebody gave the account by hand. */
  renamed: z.string().default(""),
});
const outputs = inputs.extend({ password: z.string() });

export type UserInputs = z.output<typeof inputs>;
export type UserOutputs = z.output<typeof outputs>;

/** Makes the implementation with the administrator's token from an environment. */
export function configure(environment: Environment): Implementation<UserInputs, UserOutputs> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  const tokensApi = tokensApiOf(server);

  return {
    inputs,
    outputs,
    // A renamed person is a new account: the old one may own things, and a name may come to mean somebody else.
    replaceOn: ["username"],

    async create(news) {
      const password = generatePassword();
      const { thing: user, isNew } = await createOnce({
        find: () => findOurs(api, news),
        make: () => make(api, news, password),
      });
      await settle(api, user.login, news, isNew ? {} : { password, must_change_password: true });
      // Of somebody who was here before, or had it before it was ours.
      if (!isNew) await removeTokens(tokensApi, user.login);
      return { id: String(user.id), outputs: { ...news, password } };
    },

    async read(id, state) {
      const user = await accountById(api, id, state.username);
      return user && { ...asFound(user, state), password: state.password };
    },

    async update(id, olds, news) {
      const user = await accountById(api, id, news.username);
      if (user === undefined) throw removedByHand(system, "user", news.username);
      if (user.login !== news.username) {
        const rename = path`/admin/users/${user.login}/rename`;
        await api.post(rename, { new_username: news.username }, z.unknown());
      }
      const renew = news.rotation !== olds.rotation;
      const password = renew ? generatePassword() : olds.password;
      // Who still has a session could choose a new password without knowing this one, if it had to be changed.
      await settle(api, news.username, news, renew ? { password, must_change_password: false } : {});
      if (renew) await removeTokens(tokensApi, news.username);
      return { ...news, password };
    },

    async delete(id, state) {
      const user = await accountById(api, id, state.username);
      if (user === undefined) return;
      await refuseOurselves(api, user);
      const name = user.login;
      await api.patch(path`/admin/users/${name}`, { ...closed, login_name: state.mark }, account);
      await removeTokens(tokensApi, name);
      await leaveOrganizations(api, name);
      try {
        await api.delete(path`/admin/users/${name}`);
      } catch (error) {
        // They own repositories or packages, or an organization needs them: the account stays, closed.
        if (!hasStatus(error, 422)) throw error;
      }
    },
  };
}

const closed = { source_id: 0, admin: false, prohibit_login: true };

async function findOurs(api: ApiClient, { username, mark, adopt }: UserInputs): Promise<Account | undefined> {
  const user = await accountByName(api, username);
  if (user === undefined) return undefined;
  requireOurs({ system, thing: "user", name: username, found: user.login_name, mark, adopt });
  if (user.source_id !== 0) {
    // Its login name is how it signs in there.
    throw new Failure("user-not-ours", `${username} signs in by another source than Gitea itself`, {
      system,
      fix: "choose another username, or make it a local account in Gitea's site administration",
    });
  }
  await refuseOurselves(api, user);
  return user;
}

async function make(api: ApiClient, news: UserInputs, password: string): Promise<Account> {
  const { username, email, fullName, mark, restricted, visibility } = news;
  const person = { username, email, full_name: fullName, login_name: mark, restricted, visibility };
  try {
    return await api.post(
      "/admin/users",
      { ...person, source_id: 0, password, must_change_password: true, send_notify: false },
      account,
    );
  } catch (error) {
    throw meaningOf(error, news);
  }
}

interface NewPassword {
  readonly password?: string;
  /** Whether the next sign-in has to change it, which is all that an open session can do then. */
  readonly must_change_password?: boolean;
}

/** Brings the account to its inputs, its name excepted. */
async function settle(api: ApiClient, name: string, news: UserInputs, access: NewPassword): Promise<void> {
  try {
    await api.patch(
      path`/admin/users/${name}`,
      {
        source_id: 0,
        login_name: news.mark,
        email: news.email,
        full_name: news.fullName,
        active: true,
        prohibit_login: !news.enabled,
        admin: news.admin,
        restricted: news.restricted,
        visibility: news.visibility,
        ...access,
      },
      account,
    );
  } catch (error) {
    throw meaningOf(error, news);
  }
}

function meaningOf(error: unknown, { username, email }: UserInputs): unknown {
  const said = refusalOf(error) ?? "";
  if (said.startsWith("user already exists")) {
    // Somebody made it between our look and our call.
    return new ApiFailure("conflict", `an account ${username} exists already`, { system, cause: error });
  }
  if (/^e-?mail already in use/i.test(said)) {
    return new Failure("email-taken", `${email} is the address of another account`, {
      system,
      fix: "give the person another address, or change that account's",
      cause: error,
    });
  }
  if (!hasStatus(error, 400, 422)) return error;
  return new Failure("user-refused", `an account ${username} can't be as declared: ${error.message}`, {
    system,
    fix: "change the person's username, name or address in the tenant's file",
    cause: error,
  });
}

function asFound(user: Account, state: UserInputs): UserInputs {
  return {
    username: state.username,
    // Gitea takes addresses that differ in case only as one.
    email: user.email.toLowerCase() === state.email.toLowerCase() ? state.email : user.email,
    fullName: user.full_name,
    enabled: user.active && !user.prohibit_login,
    admin: user.is_admin,
    restricted: user.restricted,
    rotation: state.rotation,
    adopt: state.adopt,
    mark: user.login_name,
    visibility: user.visibility,
    renamed: user.login === state.username ? "" : user.login,
  };
}
