import * as keycloak from "@pulumi/keycloak";
import { secret, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { Password } from "../../providers/tenantry/password.ts";
import type { RoleName } from "../../schema/tenant.ts";

/** Someone with an account in the realm. */
export interface Person {
  /** The account's name, and the person's identity: another name is another account. */
  readonly username: string;
  readonly email: Input<string>;
  readonly firstName: Input<string>;
  readonly lastName: Input<string>;
  readonly role: RoleName;
  /** The ids of the teams the person is in. */
  readonly teams?: readonly string[];
  /** The last day of access, YYYY-MM-DD in UTC. */
  readonly expires?: string | undefined;
}

/** What a person needs for the first sign-in. */
export interface Access {
  readonly username: string;
  /** Good for one sign-in, which asks for a new one. A secret. */
  readonly oneTimePassword: Output<string>;
}

interface Around {
  readonly realm: keycloak.Realm;
  readonly profile: keycloak.RealmUserProfile;
  readonly defaultRoles: keycloak.DefaultRoles;
  readonly roles: Readonly<Record<RoleName, keycloak.Role>>;
  readonly groups: Readonly<Record<string, keycloak.Group>>;
  /** Today in UTC, YYYY-MM-DD. */
  readonly today: string;
  readonly passwordLength: number;
  readonly parent: Resource;
}

/**
 * One person: an account with exactly one role and exactly the declared teams. What somebody adds by hand is removed by
 * the next up that refreshes.
 */
export function addPerson(name: string, person: Person, around: Around): Access {
  const { realm, parent } = around;
  const password = new Password(`${name}-password`, { length: around.passwordLength }, { parent });
  const account = new keycloak.User(
    name,
    {
      realmId: realm.id,
      username: person.username,
      email: person.email,
      // The tenant's file is where addresses are checked, and people can't change theirs.
      emailVerified: true,
      firstName: person.firstName,
      lastName: person.lastName,
      enabled: person.expires === undefined || person.expires >= around.today,
      initialPassword: { value: password.password, temporary: true },
    },
    {
      parent,
      deletedWith: realm,
      dependsOn: around.profile,
      // The person's own: the password is set once; whether it must be changed and which accounts elsewhere are linked
      // changes with every sign-in.
      ignoreChanges: ["initialPassword", "requiredActions", "federatedIdentities"],
    },
  );
  const mine = { realmId: realm.id, userId: account.id, exhaustive: true };
  new keycloak.UserRoles(
    `${name}-roles`,
    { ...mine, roleIds: [around.defaultRoles.id, around.roles[person.role].id] },
    { parent, deletedWith: account },
  );
  new keycloak.UserGroups(
    `${name}-groups`,
    { ...mine, groupIds: (person.teams ?? []).map((team) => groupOf(team, around.groups).id) },
    { parent, deletedWith: account },
  );
  return { username: person.username, oneTimePassword: secret(password.password) };
}

function groupOf(team: string, groups: Around["groups"]): keycloak.Group {
  const group = groups[team];
  if (group === undefined) throw new RangeError(`team ${team} is not declared`);
  return group;
}
