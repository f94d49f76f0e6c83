import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { hasStatus, listAll, named, path, system } from "./api.ts";

export const account = z.object({
  id: z.int(),
  login: z.string(),
  login_name: z.string(),
  /** 0: the account is Gitea's own, not of LDAP or another source. */
  source_id: z.int(),
  full_name: z.string(),
  email: z.string(),
  is_admin: z.boolean(),
  restricted: z.boolean(),
  active: z.boolean(),
  prohibit_login: z.boolean(),
  visibility: z.string(),
});

/** An account as an administrator sees it. */
export type Account = z.output<typeof account>;

const found = z.object({ data: z.array(account) });

export function accountByName(api: ApiClient, name: string): Promise<Account | undefined> {
  return named(api, path`/users/${name}`, account);
}

/** By its id, whatever it is called now. `name`: what it was called last. */
export async function accountById(api: ApiClient, id: string, name: string): Promise<Account | undefined> {
  const likely = await accountByName(api, name);
  if (String(likely?.id) === id) return likely;
  return (await api.get(path`/users/search?uid=${id}`, found))?.data[0];
}

/** Throws a {@link Failure} `user-not-ours` for the account whose token this is: it would lock itself out. */
export async function refuseOurselves(api: ApiClient, { id, login }: Account): Promise<void> {
  const self = await api.get("/user", z.object({ id: z.int() }));
  if (self?.id !== id) return;
  throw new Failure("user-not-ours", `${login} is the account that Tenantry works with`, {
    system,
    fix: "choose another username",
  });
}

/** Takes all access tokens of an account away. `tokensApi`: see `tokensApiOf`. */
export async function removeTokens(tokensApi: ApiClient, name: string): Promise<void> {
  const tokens = await listAll(tokensApi, path`/users/${name}/tokens`, z.object({ id: z.int() }));
  for (const { id } of tokens) await tokensApi.delete(path`/users/${name}/tokens/${id}`);
}

/** Takes an account out of every organization that somebody put it in, as far as the organization can do without. */
export async function leaveOrganizations(api: ApiClient, name: string): Promise<void> {
  const organizations = await listAll(api, path`/users/${name}/orgs`, z.object({ name: z.string() }));
  for (const organization of organizations) {
    try {
      await api.delete(path`/orgs/${organization.name}/members/${name}`);
    } catch (error) {
      // The last owner stays, which the server says with a 500.
      if (!hasStatus(error, 500)) throw error;
    }
  }
}
