const prefix = "tenantry: tenant ";

/**
 * What is noted on a tenant's organization and accounts here, so that we know our own: `tenantry: tenant acme`.
 *
 * An account has it as its login name, which only administrators see and which means nothing for accounts of Gitea's
 * own; an organization as its location, since all of its fields can be seen. Both are set by the call that makes them.
 */
export function markOf(tenant: string): string {
  return `${prefix}${tenant}`;
}

/** The tenant that a mark is of; undefined when it is none. */
export function tenantOf(mark: string): string | undefined {
  return mark.startsWith(prefix) ? mark.slice(prefix.length) : undefined;
}
