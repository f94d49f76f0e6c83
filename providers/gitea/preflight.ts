import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { apiOf, hasStatus, serverFrom, system, type Environment } from "./api.ts";

/** The first version whose webhooks have names. */
const oldest = [1, 26] as const;

/** A call for each kind of thing that is made here. What it sends is nothing that the server could make one of. */
const refusedCalls = ["/admin/users", "/orgs", "/user/repos", "/user/keys"];

const administrator = z.object({ login: z.string(), is_admin: z.boolean() });

/**
 * Checks that the server answers as Gitea does, is new enough, and that the token is a site administrator's and may
 * change things. Changes nothing on the server.
 *
 * Throws a {@link Failure}: `credentials-missing`, `server-unreachable`, `certificate-untrusted`, `not-gitea`,
 * `server-too-old`, `wrong-token`, `missing-privilege`, `server-error`.
 */
export async function checkGitea(environment: Environment): Promise<void> {
  const server = serverFrom(environment);
  const api = apiOf(server);
  requireVersion(await versionOf(api), server.url);
  const user = await api.get("/user", administrator);
  if (user?.is_admin !== true) {
    throw new Failure("missing-privilege", `${user?.login ?? "nobody"} is no site administrator`, {
      system,
      fix: "make GITEA_SERVER_TOKEN a token with all scopes of a site administrator",
    });
  }
  // A token doesn't say what it may do: Gitea looks at its scopes first and at what was sent next.
  for (const path of refusedCalls) await requireScope(api, path);
}

async function versionOf(api: ApiClient): Promise<string | undefined> {
  try {
    return (await api.get("/version", z.object({ version: z.string().min(1) })))?.version;
  } catch (error) {
    if (error instanceof ApiFailure && ["unexpected-answer", "request-refused"].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

function requireVersion(version: string | undefined, url: string): void {
  if (version === undefined) {
    throw new Failure("not-gitea", `${url} does not answer as Gitea does`, {
      system,
      fix: "check the address, GITEA_SERVER_URL or gitea.url in the environment's file: it has no /api/v1",
    });
  }
  // Forgejo: "12.0.0+gitea-1.22.0".
  if (version.includes("+gitea-")) {
    throw new Failure("not-gitea", `${url} is a Forgejo (${version})`, {
      system,
      fix: "use Gitea: Forgejo has parted from it and answers differently",
    });
  }
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  // Built by somebody who gave it no number: "development".
  if (major === undefined) return;
  if (Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1])) return;
  throw new Failure("server-too-old", `the server is version ${version}`, {
    system,
    fix: `use Gitea ${oldest.join(".")} or later`,
  });
}

async function requireScope(api: ApiClient, path: string): Promise<void> {
  try {
    await api.post(path, {}, z.unknown());
  } catch (error) {
    if (hasStatus(error, 422)) return;
    throw error;
  }
  throw new Failure("not-gitea", `POST ${path} accepts what Gitea refuses`, {
    system,
    fix: "check the address",
  });
}
