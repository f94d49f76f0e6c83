import { z } from "zod";
import { apiOf, serverFrom, type Environment } from "./api.ts";
import { withAppToken } from "./app-token.ts";

const meta = z.object({ installed_version: z.string().optional() });

/** The first GitHub Enterprise Server that knows rulesets. */
const oldest = [3, 11] as const;

/** How branches are protected on a server, and as which app changes are made there. */
export interface GithubProtection {
  readonly rulesets: boolean;
  readonly app: number | undefined;
}

/**
 * Asks a server how it protects branches: by rulesets, or, where it doesn't know them, by protection of the older kind.
 * Throws a {@link Failure} as calls of the server do.
 */
export async function githubProtection(environment: Environment): Promise<GithubProtection> {
  const server = serverFrom(await withAppToken(environment));
  const id = Number(environment["GITHUB_APP_ID"]);
  const app = id > 0 ? id : undefined;
  const { host } = new URL(server.url);
  if (host === "github.com" || host.endsWith(".ghe.com")) return { rulesets: true, app };
  const { installed_version: version = "" } = (await apiOf(server).get("/meta", meta)) ?? {};
  return { rulesets: isNewEnough(version), app };
}

function isNewEnough(version: string): boolean {
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
}
