import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";

/** An account as the server has it. */
export const account = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string().default(""),
  avatar_url: z.string().default(""),
  status: z.string(),
  login_type: z.string(),
  last_seen_at: z.string().default("0001"),
  organization_ids: z.array(z.string()).nullable().default([]),
  roles: z
    .array(z.object({ name: z.string() }))
    .nullable()
    .default([]),
});

export type Account = z.output<typeof account>;

/** The account of a username, undefined when there is none. */
export function findAccount(api: ApiClient, username: string): Promise<Account | undefined> {
  return api.get(`/users/${encodeURIComponent(username)}`, account);
}

/** The account of an id, undefined when it was deleted: the server still shows it by its id, but not by its name. */
export async function accountAt(api: ApiClient, id: string): Promise<Account | undefined> {
  const found = await findAccount(api, id);
  const named = found && (await findAccount(api, found.username));
  return named?.id === id ? named : undefined;
}
