import { z } from "zod";
import { clientOf } from "../providers/github/api.ts";
import { ApiFailure } from "../providers/http/api-failure.ts";
import type { ApiClient } from "../providers/http/api-client.ts";
import type { Repository } from "./actions-context.ts";

const user = z.object({ login: z.string() });
const answer = z.object({ data: z.object({ viewer: user }) });

/** Whose token it is. An app's, as that of Actions is, may not ask as people do, but by GraphQL: `github-actions[bot]`. */
export async function ownLogin(api: ApiClient, { apiUrl, token }: Repository): Promise<string | undefined> {
  try {
    return (await api.get("/user", user))?.login;
  } catch (error) {
    if (!(error instanceof ApiFailure && error.code === "missing-privilege")) throw error;
  }
  // Beside the REST API of github.com, and beside its version on a server.
  const url = apiUrl.replace(/\/v3$/, "");
  const graphql = clientOf({ url, token, privilege: "use a token that may ask GraphQL whose it is" });
  const { data } = await graphql.post("/graphql", { query: "{ viewer { login } }" }, answer, {
    repeatable: true,
  });
  return data.viewer.login;
}
