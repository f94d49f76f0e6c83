import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { system, unlessRefused, withMeanings } from "./api.ts";

/** The key among an account's properties that holds our mark. People could change it, and gain nothing by it. */
const markKey = "tenantry";

/** A person's or a bot's account as an administrator sees it. Its password and its subject can't be read. */
export const account = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  /** Milliseconds since 1970; 0: it is active. */
  delete_at: z.number(),
  auth_service: z.string(),
  roles: z.string(),
  props: z.record(z.string(), z.string()).nullish(),
  is_bot: z.boolean().optional(),
});

export type Account = z.output<typeof account>;

export function accountById(api: ApiClient, id: string): Promise<Account | undefined> {
  return api.get(`/users/${id}`, account);
}

/** Finds active and deactivated accounts, bots too. */
export function accountByName(api: ApiClient, username: string): Promise<Account | undefined> {
  return api.get(`/users/username/${encodeURIComponent(username)}`, account);
}

export function accountByEmail(api: ApiClient, email: string): Promise<Account | undefined> {
  return api.get(`/users/email/${encodeURIComponent(email)}`, account);
}

export function markOn({ props }: Account): string {
  return props?.[markKey] ?? "";
}

/** An account's properties with our mark among them: the server replaces all of them at once. */
export function propsWithMark(mark: string, props?: Account["props"]): Record<string, string> {
  return { ...props, [markKey]: mark };
}

/** What it may do on the whole server beyond what everybody may. */
export function extraRoles({ roles }: Account): string[] {
  return roles
    .split(" ")
    .filter((role) => role !== "" && role !== "system_user")
    .sort();
}

/** Takes away or gives roles on the whole server: it has these and everybody's then. */
export async function setRoles(api: ApiClient, id: string, roles: readonly string[]): Promise<void> {
  const body = { roles: ["system_user", ...roles].join(" ") };
  await withMeanings(refusals, () => api.put(`/users/${id}/roles`, body, z.unknown()));
}

const refusals = {
  "app.user.update.lastAdmin.app_error": () =>
    new Failure(
      "last-administrator",
      "the server takes that role from nobody while one person alone has it",
      {
        system,
        fix: "make another person a system administrator for the moment (bots don't count), and run it again",
      },
    ),
};

/** Ends every session of an account, and revokes every access token of it: each could begin a session. */
export async function endAccess(api: ApiClient, id: string): Promise<void> {
  await revokeTokens(api, id);
  await api.post(`/users/${id}/sessions/revoke/all`, {}, z.unknown(), { repeatable: true });
}

const tokens = z.array(z.object({ id: z.string() }));
const pageSize = 200;

export async function revokeTokens(api: ApiClient, id: string): Promise<void> {
  for (;;) {
    const page = (await api.get(`/users/${id}/tokens?per_page=${pageSize}`, tokens)) ?? [];
    await Promise.all(page.map((token) => revokeToken(api, token.id)));
    if (page.length < pageSize) return;
  }
}

/** Content when it is revoked already. */
export async function revokeToken(api: ApiClient, id: string): Promise<void> {
  const revoke = api.post("/users/tokens/revoke", { token_id: id }, z.unknown(), { repeatable: true });
  await unlessRefused(revoke, "app.user_access_token.get_by_user.app_error");
}
