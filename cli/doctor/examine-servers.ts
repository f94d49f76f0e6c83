import { status } from "../../testbed/local.ts";
import type { Finding } from "./finding.ts";

/** Asks each server of the local environment whether it answers, and names those that it does without; starts none. */
export async function examineServers(root: string): Promise<readonly Finding[]> {
  const servers = await status(root);
  return servers.map(({ name, title, state, address, pid, log }): Finding => {
    if (state === "not chosen") {
      const detail = `not in this environment; add it with: npx tenantry local up --with ${name}`;
      return { title, ok: true, unused: true, detail };
    }
    if (state === "running") return { title, ok: true, detail: address ?? "" };
    const detail =
      state === "stopped" ? "not running" : `process ${String(pid)} runs but does not answer yet, see ${log}`;
    return { title, ok: false, detail, fix: "npx tenantry local up" };
  });
}
