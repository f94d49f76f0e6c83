import type { TenantFile } from "../schema/load-tenant-file.ts";
import type { Repository } from "./facts.ts";
import { fingerprint } from "./unit-id.ts";

/** A tenant that a unit is already. */
export interface Existing {
  readonly tenant: string;
  readonly file: string;
}

interface Candidate {
  readonly id: string;
  readonly repository: Repository | undefined;
}

/** Finds the tenant that a unit is already: by the fingerprint of its id, or because its file names the unit's repository. */
export function existingTenants(fleet: readonly TenantFile[]): (unit: Candidate) => Existing | undefined {
  const byId = new Map<string, Existing>();
  const byRepository = new Map<string, Existing>();
  for (const { draft, loaded, locate } of fleet) {
    if (draft?.id === undefined) continue;
    const known = { tenant: draft.id, file: locate(["id"]).file };
    byId.set(fingerprint(draft.id), known);
    const { system, organization, repositories = [] } = loaded?.tenant.sourceControl ?? {};
    if (system !== "github" || organization === undefined) continue;
    for (const { name } of repositories) byRepository.set(`${organization}/${name}`.toLowerCase(), known);
  }
  return ({ id, repository }) =>
    byId.get(fingerprint(id)) ?? byRepository.get(repository?.fullName.toLowerCase() ?? "");
}
