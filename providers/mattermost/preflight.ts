import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { apiOf, serverFrom, system, type Environment } from "./api.ts";
import { clientConfiguration } from "./capability.ts";

/** The first version whose calls are all here. */
const oldest = 9;

const administrator = z.object({ username: z.string(), roles: z.string() });

/**
 * Checks that the server answers as Mattermost does, is new enough, and that the token is a system administrator's.
 *
 * Throws a {@link Failure}: `credentials-missing`, `server-unreachable`, `certificate-untrusted`, `not-mattermost`,
 * `server-too-old`, `wrong-token`, `missing-privilege`, `server-error`.
 */
export async function checkMattermost(environment: Environment): Promise<void> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  const version = await versionOf(api);
  if (version === undefined) {
    throw new Failure("not-mattermost", `${server.url} does not answer as Mattermost does`, {
      system,
      fix: "check the address, MATTERMOST_URL or mattermost.url in the environment's file: it has no path",
    });
  }
  if (Number.parseInt(version, 10) < oldest) {
    throw new Failure("server-too-old", `the server is version ${version}`, {
      system,
      fix: `use Mattermost ${oldest} or later`,
    });
  }
  const { username, roles } = (await api.get("/users/me", administrator)) ?? { username: "", roles: "" };
  if (roles.split(" ").includes("system_admin")) return;
  throw new Failure("missing-privilege", `${username} is no system administrator`, {
    system,
    fix: "make MATTERMOST_TOKEN a token of a system administrator",
  });
}

/** Undefined when it isn't Mattermost that answers. The call takes no token. */
async function versionOf(api: ApiClient): Promise<string | undefined> {
  try {
    return (await clientConfiguration(api))["Version"];
  } catch (error) {
    const other =
      error instanceof ApiFailure && ["unexpected-answer", "request-refused"].includes(error.code);
    if (other) return undefined;
    throw error;
  }
}
