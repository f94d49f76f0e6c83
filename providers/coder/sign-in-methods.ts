import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";

const method = z.object({ enabled: z.boolean() });
const methods = z.object({ password: method, oidc: method });

const missing = {
  oidc: {
    what: "no sign-in by an identity provider",
    fix: "set CODER_OIDC_ISSUER_URL, CODER_OIDC_CLIENT_ID and CODER_OIDC_CLIENT_SECRET of the server, or let people sign in with passwords",
  },
  password: {
    what: "no sign-in by password",
    fix: "unset CODER_DISABLE_PASSWORD_AUTH of the server, or let people sign in by its identity provider",
  },
};

/** Throws a {@link Failure} `capability-missing` when nobody can sign in to the server in this way. */
export async function requireSignIn(api: ApiClient, loginType: string): Promise<void> {
  const found = await api.get("/users/authmethods", methods);
  const way = loginType === "oidc" ? "oidc" : "password";
  if (found?.[way].enabled === true) return;
  const { what, fix } = missing[way];
  throw new Failure("capability-missing", `this server has ${what}`, { system: "Coder", fix });
}
