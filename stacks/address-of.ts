import type { Environment } from "./environment.ts";

/** A server's address, so that paths can be put behind it; undefined: the environment has none. */
export function addressOf(server: Environment["mattermost"]): string | undefined {
  return server === undefined || server === "none" ? undefined : withoutSlash(server.url);
}

export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
