import { createHash } from "node:crypto";

/** `isValidObjectName` in @backstage/catalog-model, less the length. */
const valid = /^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$/;
const longest = 63;

/**
 * The name of something that a tenant has: `acme_platform`. An id never has an underscore, so that the first one ends it.
 * What Backstage wouldn't take (a repository's name may have 100 characters, or end with a dot) is cut, and ends with a
 * digest.
 */
export function entityName(tenant: string, own: string): string {
  const name = `${tenant}_${own}`;
  if (name.length <= longest && valid.test(name)) return name;
  // Neither Backstage nor those who take such names tell capitals from small letters.
  const digest = createHash("sha256").update(name.toLowerCase()).digest("hex").slice(0, 8);
  return `${name.slice(0, longest - 9)}-${digest}`;
}
