import { z } from "zod";
import { ApiClient } from "../http/api-client.ts";
import { type Environment, readVariables } from "../read-variables.ts";

export type { Environment } from "../read-variables.ts";

const variables = z.object({ CODER_URL: z.url(), CODER_SESSION_TOKEN: z.string().min(1) });

const refusal = z.object({
  message: z.string(),
  detail: z.string().optional(),
  validations: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});

/** The server's address as people know it, without a slash at its end. Throws as {@link coderApi}. */
export function coderUrl(environment: Environment): string {
  return serverOf(environment).url;
}

/**
 * A client of the API of the Coder server that the variables of Coder's own tools name: `CODER_URL` and
 * `CODER_SESSION_TOKEN`. Throws a {@link Failure} `credentials-missing`.
 */
export function coderApi(environment: Environment): ApiClient {
  const { url, token } = serverOf(environment);
  return new ApiClient({
    system: "Coder",
    url: `${url}/api/v2`,
    headers: { "coder-session-token": token },
    tokenName: "CODER_SESSION_TOKEN",
    privilege: "make CODER_SESSION_TOKEN a token of an account with the role owner",
    explain: (body) => {
      const { data } = refusal.safeParse(body);
      const fields = data?.validations?.map(({ field, detail }) => `${field}: ${detail}`) ?? [];
      return data && [data.message, data.detail, ...fields].filter(Boolean).join(" ");
    },
  });
}

function serverOf(environment: Environment): { readonly url: string; readonly token: string } {
  const { CODER_URL: url, CODER_SESSION_TOKEN: token } = readVariables(variables, environment, {
    system: "Coder",
    fix: (names) => `set ${names} to the server's address and a token of an account with the role owner`,
  });
  return { url: url.replace(/\/+$/, ""), token };
}
