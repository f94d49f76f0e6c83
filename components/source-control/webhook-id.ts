import { createHash } from "node:crypto";

/** What an address is called where others read it: it may hold a secret, so it is its host and a digest of all of it. */
export function webhookId(url: string): string {
  return `${new URL(url).host}-${createHash("sha256").update(url).digest("hex").slice(0, 8)}`;
}
