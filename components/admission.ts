import type { Input } from "@pulumi/pulumi";
import { isOver } from "../schema/tenant.ts";
import type { Person } from "./person.ts";

/** Whether a tenant's people get in. */
export interface Admission {
  /** false: nobody gets in, nothing is lost. Default: true. */
  readonly enabled?: Input<boolean>;
  /** Today in UTC, YYYY-MM-DD: people whose last day is over are shut out. Default: the machine's date. */
  readonly today?: string;
}

/** Whether one person gets in: not when the tenant is shut, and not after their last day. */
export function admits(
  { enabled = true, today = new Date().toISOString().slice(0, 10) }: Admission,
  person: Pick<Person, "expires">,
): Input<boolean> {
  return isOver(person, today) ? false : enabled;
}
