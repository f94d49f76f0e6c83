import { usesService } from "../tenant.ts";
import type { Draft } from "./draft.ts";

/** Where a tenant's repositories are, as far as its file could be understood. */
export function sourceControlSystem({ sourceControl }: Draft): string {
  return sourceControl?.system ?? "gitea";
}

/** Whether a tenant has a part of a system for source code. */
export function isOn(tenant: Draft, system: "gitea" | "github"): boolean {
  return usesService(tenant, "sourceControl") && sourceControlSystem(tenant) === system;
}
