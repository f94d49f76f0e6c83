import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { apiOf, serverFrom, system, type Environment } from "./api.ts";

/**
 * Checks that the server answers as GitHub does, lets the token in, and shows it the organization. Changes nothing on the
 * server. What a token may do, GitHub doesn't say.
 *
 * Throws a {@link Failure}: `credentials-missing`, `server-unreachable`, `certificate-untrusted`, `unexpected-answer`,
 * `wrong-token`, `organization-missing`, `missing-privilege`, `rate-limited`, `server-error`.
 */
export async function checkGithub(environment: Environment): Promise<void> {
  const server = serverFrom(environment);
  const found = await apiOf(server).get(`/orgs/${server.organization}`, z.object({ login: z.string() }));
  if (found !== undefined) return;
  throw new Failure("organization-missing", `${server.url} shows no organization ${server.organization}`, {
    system,
    fix: "check github.organization and github.url in the environment's file (without /api/v3), and that the token is of one of its owners, or its app installed there",
  });
}
