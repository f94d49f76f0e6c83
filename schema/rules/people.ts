import type { Path } from "../problem.ts";
import { username } from "../tenant.ts";
import type { Draft } from "./draft.ts";

/** One entry under `users`, as far as it could be understood. */
export interface Person {
  readonly index: number;
  readonly email: string | undefined;
  /** The account on GitHub. */
  readonly github: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** The username, declared or from the address; undefined when there is neither. */
  readonly account: string | undefined;
  /** Whether the file declares the username. */
  readonly declared: boolean;
  /** Where the username comes from. */
  readonly path: Path;
  readonly teams: readonly (string | undefined)[];
  readonly services: NonNullable<Draft["users"]>[number]["services"];
}

/** Many rules ask for the same people. */
const known = new WeakMap<Draft, readonly Person[]>();

/** The people of a tenant, with the usernames that they get. */
export function people(tenant: Draft): readonly Person[] {
  const before = known.get(tenant);
  if (before !== undefined) return before;
  const found = findPeople(tenant);
  known.set(tenant, found);
  return found;
}

function findPeople({ users = [] }: Draft): readonly Person[] {
  return users.map(({ email, username: declared, teams = [], services, ...rest }, index) => ({
    index,
    email,
    github: rest.github,
    firstName: rest.firstName,
    lastName: rest.lastName,
    account: declared ?? (email?.includes("@") === true ? username({ email }) : undefined),
    declared: declared !== undefined,
    path: ["users", index, declared === undefined ? "email" : "username"],
    teams,
    services,
  }));
}
