import { Failure } from "../report/failure.ts";

const prefix = "tenantry: tenant ";

/** What is noted on what a tenant of ours has on a server, so that we know our own: `tenantry: tenant acme`. */
export function markOf(tenant: string): string {
  return prefix + tenant;
}

/** The tenant that a mark names; undefined when it is none. */
export function tenantOf(mark: string): string | undefined {
  return mark.startsWith(prefix) ? mark.slice(prefix.length) : undefined;
}

/** Something that exists where we would make ours. */
interface Found {
  /** The name people know the system by: "Gitea". */
  readonly system: string;
  /** "user", "organization", "team". */
  readonly thing: string;
  readonly name: string;
  /** What it is marked with. */
  readonly found: string;
  /** What ours is marked with. */
  readonly mark: string;
  /** The tenant's file says to take over what nobody else's tenant has. */
  readonly adopt: boolean;
}

/**
 * Whether something that exists may be used: it is marked as this tenant's, or `adopt` says so and it is no other
 * tenant's. Throws a {@link Failure} `<thing>-not-ours` otherwise.
 */
export function requireOurs({ system, thing, name, found, mark, adopt }: Found): void {
  if (found === mark) return;
  const other = tenantOf(found);
  if (other !== undefined) {
    throw new Failure(`${thing}-not-ours`, `the ${thing} ${name} belongs to tenant ${other}`, {
      system,
      fix: "choose another name",
    });
  }
  if (!adopt) throw notOurs(system, thing, `${thing} ${name}`);
}

/** A {@link Failure} `<thing>-not-ours`; `what` is the thing with its name. */
export function notOurs(system: string, thing: string, what: string): Failure {
  return new Failure(`${thing}-not-ours`, `a ${what} exists that Tenantry did not make`, {
    system,
    fix: "set adopt: true in the tenant's file to take it over, choose another name, or remove it",
  });
}
