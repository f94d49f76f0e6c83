import type { Service } from "./sections/services.ts";

/** The services whose servers all tenants share, so that account names carry the tenant's id. */
export type SharedService = Extract<Service, "collaboration" | "workspaces" | "sourceControl">;

/**
 * A person's account name on a server that all tenants share. An id never has an underscore, so that the first one ends it.
 * Coder takes letters, digits and hyphens only.
 */
export function accountName(service: SharedService, tenantId: string, username: string): string {
  if (service === "workspaces") return `${tenantId}-${username.replaceAll(/[._]/g, "-")}`;
  return `${tenantId}_${username}`;
}

/** The name of one of a tenant's templates in Coder, where all tenants share one list. */
export function templateName(tenantId: string, name: string): string {
  return `${tenantId}-${name}`;
}
