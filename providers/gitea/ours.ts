import { Failure } from "../../report/failure.ts";
import { system } from "./api.ts";
import { tenantOf } from "./mark.ts";

interface Found {
  /** "user", "organization". */
  readonly thing: string;
  readonly name: string;
  /** What the server's thing is marked with. */
  readonly found: string;
  /** What ours is marked with. */
  readonly mark: string;
  readonly adopt: boolean;
}

/**
 * Whether something that exists may be used: it is marked as this tenant's, or `adopt` says so and it is no other
 * tenant's. Throws a {@link Failure} `<thing>-not-ours` otherwise.
 */
export function requireOurs({ thing, name, found, mark, adopt }: Found): void {
  if (found === mark) return;
  const other = tenantOf(found);
  if (other !== undefined) {
    throw new Failure(`${thing}-not-ours`, `the ${thing} ${name} belongs to tenant ${other}`, {
      system,
      fix: "choose another name",
    });
  }
  if (!adopt) throw notOurs(thing, `${thing} ${name}`);
}

/** A {@link Failure} `<thing>-not-ours`. */
export function notOurs(thing: string, what: string): Failure {
  return new Failure(`${thing}-not-ours`, `a ${what} exists that Tenantry did not make`, {
    system,
    fix: "set adopt: true in the tenant's file to take it over, choose another name, or remove it",
  });
}

/** A {@link Failure} `<thing>-missing`: it was there when the state was last read. */
export function gone(thing: string, name: string): Failure {
  return new Failure(`${thing}-missing`, `the ${thing} ${name} was removed by hand`, {
    system,
    fix: "run it with --refresh to have it made again",
  });
}
