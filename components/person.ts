import { secret, type Input, type Output, type Resource } from "@pulumi/pulumi";
import type { RoleName } from "../schema/tenant.ts";

/** Somebody who works for a tenant. */
export interface Person {
  /** The account's name, and the person's identity: another name is another account. */
  readonly username: string;
  readonly email: Input<string>;
  readonly firstName: Input<string>;
  readonly lastName: Input<string>;
  readonly role: RoleName;
  /** The ids of the teams the person is in. */
  readonly teams?: readonly string[];
  /** The person's own account on GitHub. */
  readonly github?: string | undefined;
  /** The last day of access, YYYY-MM-DD in UTC. */
  readonly expires?: string | undefined;
  /** Any text. A new text makes a new one-time password. */
  readonly reset?: string | undefined;
  /** Take over an account of this name that Tenantry did not make. Default: false. */
  readonly adopt?: boolean;
}

/** What a person needs to get into a system. */
export interface PersonAccess {
  /** The account's name there. */
  readonly username: Input<string>;
  /** What was set when the account was made, or last reset. A secret; absent when they sign in by something else. */
  readonly oneTimePassword?: Output<string>;
  /** Where they begin. */
  readonly url: Output<string>;
}

/** Everything that a component makes for each person, by username: what tells them of it waits for it. */
export type ResourcesByPerson = Readonly<Record<string, readonly Resource[]>>;

/** The password of an account that has one, as a secret. */
export function secretPassword(account: { readonly password: Output<string | undefined> }): Output<string> {
  return secret(account.password.apply((password) => password ?? ""));
}

/** What a component has for one person. */
export interface Account {
  readonly person: Pick<Person, "username">;
  readonly access: PersonAccess;
  readonly resources: readonly Resource[];
}

/** What `value` gives of each account, by the username of the person whose it is. */
export function byUsername<Each extends Pick<Account, "person">, T>(
  accounts: readonly Each[],
  value: (account: Each) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(accounts.map((account) => [account.person.username, value(account)]));
}
