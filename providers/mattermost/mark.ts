/** What is noted on everything that a tenant of ours has here, so that we know our own: `tenantry: tenant acme`. */
export function markOf(tenant: string): string {
  return `tenantry: tenant ${tenant}`;
}
