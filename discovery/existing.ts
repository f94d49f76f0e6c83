import type { TenantFile } from "../schema/load-tenant-file.ts";
import { fingerprint } from "./unit-id.ts";

/** A tenant that a unit is already. */
export interface Existing {
  readonly tenant: string;
  readonly file: string;
}

/** Finds the tenant that a unit is already: by the fingerprint of its id. */
export function existingTenants(fleet: readonly TenantFile[]): (id: string) => Existing | undefined {
  const known = new Map<string, Existing>();
  for (const { draft, locate } of fleet)
    if (draft?.id !== undefined)
      known.set(fingerprint(draft.id), { tenant: draft.id, file: locate(["id"]).file });
  return (id) => known.get(fingerprint(id));
}
