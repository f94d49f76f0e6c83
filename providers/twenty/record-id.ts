import { createHash, randomBytes } from "node:crypto";

/**
 * A new record's id. Twenty takes the ids that a client gives, and nothing else of a record is both ours to write and
 * nobody's to change: `createdBy` is the API key's name, every other field is on people's screens. So the id is the mark:
 * a random UUID whose first 48 bits are derived from the tenant's id.
 */
export function newRecordId(tenant: string): string {
  const random = randomBytes(10).toString("hex");
  const variant = "89ab".charAt(Number.parseInt(random.charAt(3), 16) % 4);
  return `${markOf(tenant)}-4${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/** Whether a record was made for this tenant. */
export function isOurs(id: string, tenant: string): boolean {
  return id.toLowerCase().startsWith(`${markOf(tenant)}-`);
}

function markOf(tenant: string): string {
  const hash = createHash("sha256").update(`tenantry: tenant ${tenant}`).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}`;
}
