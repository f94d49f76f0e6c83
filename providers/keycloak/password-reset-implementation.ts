import { z } from "zod";
import type { Implementation } from "../implementation.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { keycloakAdmin } from "./connect.ts";

const inputs = z.strictObject({
  realm: z.string().min(1),
  user: z.string().min(1),
  password: z.string().min(1),
  rotation: z.string().optional(),
});

export type PasswordResetInputs = z.output<typeof inputs>;

/** Makes the implementation with the administrator's credentials from an environment. */
export function configure(
  environment: NodeJS.ProcessEnv,
): Implementation<PasswordResetInputs, PasswordResetInputs> {
  return {
    inputs,
    outputs: inputs,
    // Another account has its own password from the start, unless it is reset.
    replaceOn: ["realm", "user"],
    create: async (news) => {
      if (news.rotation !== undefined) await reset(environment, news);
      return { id: `${news.realm}/${news.user}`, outputs: news };
    },
    // A password can't be read, and the person has changed it since.
    read: (_id, state) => Promise.resolve(state),
    update: async (_id, olds, news) => {
      if (news.rotation !== undefined && news.rotation !== olds.rotation) await reset(environment, news);
      return news;
    },
    delete: () => Promise.resolve(),
  };
}

/** Sets the password, then ends the sessions that the old one opened. Twice is as good as once. */
async function reset(
  environment: NodeJS.ProcessEnv,
  { realm, user, password }: PasswordResetInputs,
): Promise<void> {
  const admin = keycloakAdmin(environment);
  const account = `/realms/${encodeURIComponent(realm)}/users/${encodeURIComponent(user)}`;
  if ((await admin.get(account, z.object({ id: z.string() }))) === undefined)
    throw removedByHand("Keycloak", "account", `of realm ${realm}`);
  await admin.put(`${account}/reset-password`, { type: "password", temporary: true, value: password });
  await admin.post(`${account}/logout`, {});
}
