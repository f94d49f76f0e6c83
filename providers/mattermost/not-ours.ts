import { Failure } from "../../report/failure.ts";
import { system } from "./api.ts";
import { tenantOf } from "./mark.ts";

interface Found {
  /** "team", "user", "channel", "bot". */
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
  if (adopt && other === undefined) return;
  const whose = other === undefined ? "that Tenantry did not make" : `that belongs to tenant ${other}`;
  throw new Failure(`${thing}-not-ours`, `a ${thing} ${name} exists ${whose}`, {
    system,
    fix:
      other === undefined
        ? "set adopt: true in the tenant's file to take it over, choose another name, or remove it"
        : "choose another name",
  });
}
