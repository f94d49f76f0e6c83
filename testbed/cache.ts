import { homedir } from "node:os";
import { join } from "node:path";

/** The user's cache, shared by projects: software by name and version, nothing that can't be got again. */
export const cache: string = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "tenantry");
