import type { Tenant } from "../schema/tenant.ts";

/** Where in its life something of a tenant is, in Backstage's words, and one of ours. */
export function lifecycleOf({ status }: Pick<Tenant, "status">, { archived = false } = {}): string {
  if (archived) return "deprecated";
  return status === "active" ? "production" : "suspended";
}
