import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The user's folder for what Tenantry can get again: `$XDG_CACHE_HOME/tenantry`, by default `~/.cache/tenantry`.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function cacheFolder(environment = process.env) {
  const cache = environment["XDG_CACHE_HOME"];
  // The XDG specification has relative paths ignored.
  return join(cache && isAbsolute(cache) ? cache : join(homedir(), ".cache"), "tenantry");
}
