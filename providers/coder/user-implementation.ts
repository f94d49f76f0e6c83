import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { generatePassword } from "../tenantry/generate-password.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { account, accountAt, findAccount, type Account } from "./account.ts";
import { revokeTokens, setPassword } from "./account-password.ts";
import { coderName, sorted } from "./names.ts";
import { findOrganizationId, organizationId } from "./organization-id.ts";
import { coderApi, type Environment } from "./server.ts";
import { requireSignIn } from "./sign-in-methods.ts";

const system = "Coder";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  username: coderName,
  email: z.email(),
  name: z.string().trim().max(128),
  roles: z.array(z.string()).default([]).transform(sorted),
  loginType: z
    .string()
    .refine((type) => ["password", "oidc"].includes(type), "password or oidc")
    .default("password"),
  /** In what is read, `(left)` when the account is not in it any more. */
  organization: z.string().min(1).optional(),
  enabled: z.boolean().default(true),
  rotation: z.string().optional(),
  adopt: z.boolean().default(false),
});
// What somebody set by hand is in it too, so it takes more than the inputs do.
const outputs = inputs.extend({
  username: z.string(),
  email: z.string(),
  name: z.string(),
  loginType: z.string(),
  password: z.string().optional(),
});

export type UserInputs = z.output<typeof inputs>;
export type UserOutputs = z.output<typeof outputs>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(environment: Environment): Implementation<UserInputs, UserOutputs> {
  return {
    inputs,
    outputs,
    replaceOn: [],

    create: async (news) => {
      const api = coderApi(environment);
      await requireSignIn(api, news.loginType);
      const organization = await organizationId(api, news.organization);
      const password = newPassword(news);
      const { thing: found, isNew } = await createOnce({
        find: (tried) => findOurs(api, news, tried),
        make: () => make(api, news, organization, password),
      });
      const problem = unchangeable(found, news);
      if (problem) throw problem;
      // With `adopt`, and when the person comes back, the password is another; after a lost answer it is this one.
      if (!isNew && password !== undefined) await setPassword(api, found.id, password);
      await settle(api, found, news, organization);
      return { id: found.id, outputs: { ...news, password } };
    },

    read: async (id, state) => {
      const api = coderApi(environment);
      const found = await accountAt(api, id);
      return found && asFound(found, state, await findOrganizationId(api, state.organization));
    },

    update: async (id, olds, news) => {
      const api = coderApi(environment);
      const found = await accountAt(api, id);
      if (!found) throw removedByHand(system, "account", news.username);
      const rotates = olds.rotation !== news.rotation;
      const password = rotates ? newPassword(news) : olds.password;
      if (rotates && password !== undefined) await setPassword(api, id, password);
      if (rotates && password === undefined) await revokeTokens(api, id);
      await settle(api, found, news, await organizationId(api, news.organization));
      // Last, so that it keeps nobody from being suspended.
      const problem = unchangeable(found, news);
      if (problem) throw problem;
      return { ...news, password };
    },

    delete: async (id, state) => {
      const api = coderApi(environment);
      const found = await accountAt(api, id);
      if (found) await suspend(api, found, state);
    },
  };
}

function newPassword({ loginType }: UserInputs): string | undefined {
  return loginType === "password" ? generatePassword() : undefined;
}

/** The account of that name, if it may be taken. `tried`: this very run may have made it. */
async function findOurs(api: ApiClient, news: UserInputs, tried: boolean): Promise<Account | undefined> {
  const found = await findAccount(api, news.username);
  if (!found || news.adopt || isOurs(found, news, tried)) return found;
  throw new Failure("account-not-ours", `an account ${news.username} exists that this tenant did not make`, {
    system,
    fix: "set adopt: true on the person in the tenant's file to take it over, choose another username, or remove the account",
  });
}

/**
 * Nothing can be noted on an account. Ours has the declared address and way to sign in, and was suspended when its
 * person left, or never used since an earlier try made it.
 */
function isOurs(found: Account, news: UserInputs, tried: boolean): boolean {
  if (!isSame(found.email, news.email) || found.login_type !== news.loginType) return false;
  const wasUsed = !found.last_seen_at.startsWith("0001");
  return tried || found.status === "suspended" || (!wasUsed && isDeepStrictEqual(rolesOf(found), news.roles));
}

async function make(
  api: ApiClient,
  { username, email, name, roles, loginType }: UserInputs,
  organization: string,
  password: string | undefined,
): Promise<Account> {
  const body = { username, email, name, roles, login_type: loginType, organization_ids: [organization] };
  try {
    return await api.post("/users", { ...body, ...(password !== undefined && { password }) }, account);
  } catch (error) {
    // The server says the same of a name and of an address that are taken.
    const isTaken = error instanceof ApiFailure && error.code === "conflict";
    if (!isTaken || (await findAccount(api, username)) !== undefined) throw error;
    throw new Failure("address-taken", `another account has the address ${email} of ${username}`, {
      system,
      fix: "give the person another address, or remove the other account",
      cause: error,
    });
  }
}

/** Brings the account to its inputs, all but the password. */
async function settle(api: ApiClient, found: Account, news: UserInputs, organization: string): Promise<void> {
  const { id, avatar_url } = found;
  if (found.username !== news.username || found.name !== news.name) {
    await api.put(
      `/users/${id}/profile`,
      { username: news.username, name: news.name, avatar_url },
      z.unknown(),
    );
  }
  if (!organizationsOf(found).includes(organization)) await join(api, id, organization);
  if (!isDeepStrictEqual(rolesOf(found), news.roles)) {
    await api.put(`/users/${id}/roles`, { roles: news.roles }, z.unknown());
  }
  const isEnabled = found.status !== "suspended";
  if (isEnabled !== news.enabled) {
    await api.put(`/users/${id}/status/${news.enabled ? "activate" : "suspend"}`, undefined, z.unknown());
  }
}

/** What no administrator can change on Coder. */
function unchangeable(found: Account, news: UserInputs): Failure | undefined {
  if (found.login_type !== news.loginType) {
    return new Failure(
      "sign-in-fixed",
      `account ${found.username} signs in by ${found.login_type}, and only its owner can change that`,
      {
        system,
        fix: `have the person change it in their account's security settings, or delete the account in Coder and run it again with --refresh`,
      },
    );
  }
  // An identity provider brings the address along at the next sign-in.
  if (news.loginType === "oidc" || isSame(found.email, news.email)) return undefined;
  return new Failure(
    "address-fixed",
    `account ${found.username} has another address, and Coder lets nobody change it`,
    {
      system,
      fix: "take the old address back into the file, or delete the account and its workspaces in Coder and run it again with --refresh",
    },
  );
}

async function join(api: ApiClient, id: string, organization: string): Promise<void> {
  await createOnce({
    find: async () => {
      const found = await findAccount(api, id);
      return found && organizationsOf(found).includes(organization) ? true : undefined;
    },
    make: () => api.post(`/organizations/${organization}/members/${id}`, undefined, z.unknown()),
  });
}

/** Takes all access away and keeps what the person has. */
async function suspend(api: ApiClient, { id, roles, status }: Account, state: UserOutputs): Promise<void> {
  // Owners can't be suspended.
  if (roles?.length) await api.put(`/users/${id}/roles`, { roles: [] }, z.unknown());
  if (status !== "suspended") await api.put(`/users/${id}/status/suspend`, undefined, z.unknown());
  // So that no session or token comes to life again when somebody activates the account.
  if (state.loginType === "password") await setPassword(api, id, generatePassword());
  else await revokeTokens(api, id);
  // An organization with members can't be deleted.
  const organization = state.organization && (await findOrganizationId(api, state.organization));
  if (organization) await api.delete(`/organizations/${organization}/members/${id}`);
}

/** The account in the words of the inputs. */
function asFound(found: Account, state: UserOutputs, organization: string | undefined): UserOutputs {
  const isMember = organization !== undefined && organizationsOf(found).includes(organization);
  return {
    ...state,
    username: found.username,
    email: state.loginType === "oidc" || isSame(found.email, state.email) ? state.email : found.email,
    name: found.name,
    roles: rolesOf(found),
    loginType: found.login_type,
    organization: isMember ? state.organization : "(left)",
    enabled: found.status !== "suspended",
  };
}

const rolesOf = ({ roles }: Account): string[] => sorted(roles?.map(({ name }) => name) ?? []);
const organizationsOf = (found: Account): readonly string[] => found.organization_ids ?? [];
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
