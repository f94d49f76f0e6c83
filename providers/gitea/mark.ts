/** What is noted on a tenant's organization and accounts here, so that we know our own: `tenantry: tenant acme`. */
export function markOf(tenant: string): string {
  return `tenantry: tenant ${tenant}`;
}
