import { z } from "zod";
import { ApiFailure } from "../http/api-failure.ts";
import type { ApiClient } from "../http/api-client.ts";

const same = z.object({ message: z.literal("New password cannot match old password.") });
const tokens = z.array(z.object({ id: z.string() })).nullable();

/** Sets an account's password, which ends its sessions and revokes its tokens. */
export async function setPassword(api: ApiClient, id: string, password: string): Promise<void> {
  try {
    await api.put(`/users/${id}/password`, { password }, z.unknown());
  } catch (error) {
    // A try of this very call, whose answer got lost, has set it: nobody else knows this password.
    if (!(error instanceof ApiFailure && same.safeParse(error.body).success)) throw error;
  }
}

/** Revokes the tokens that an account made for itself. */
export async function revokeTokens(api: ApiClient, id: string): Promise<void> {
  const found = (await api.get(`/users/${id}/keys/tokens`, tokens)) ?? [];
  for (const token of found) await api.delete(`/users/${id}/keys/${token.id}`);
}
