import { secret, type Output, type Resource } from "@pulumi/pulumi";
import * as keycloak from "../sdks/keycloak.ts";
import { Password } from "../../providers/tenantry/password.ts";
import { PasswordReset } from "../../providers/keycloak/password-reset.ts";
import type { RoleName } from "../../schema/tenant.ts";
import { admits, type Admission } from "../admission.ts";
import type { Person } from "../person.ts";

/** What a person needs for the first sign-in. */
export interface Access {
  readonly username: string;
  /** Good for one sign-in, which asks for a new one. A secret. */
  readonly oneTimePassword: Output<string>;
}

/** A person's account in the realm, and everything that was made for it. */
export interface RealmAccount {
  readonly person: Person;
  readonly access: Access;
  /** What tokens call the person (`sub`). */
  readonly subject: Output<string>;
  readonly resources: readonly Resource[];
}

interface Around {
  readonly realm: keycloak.Realm;
  readonly profile: keycloak.RealmUserProfile;
  readonly defaultRoles: keycloak.DefaultRoles;
  readonly roles: Readonly<Record<RoleName, keycloak.Role>>;
  readonly groups: Readonly<Record<string, keycloak.Group>>;
  readonly admission: Pick<Admission, "today">;
  readonly passwordLength: number;
  readonly parent: Resource;
}

/**
 * One person: an account with exactly one role and exactly the declared teams. What somebody adds by hand is removed by
 * the next up that refreshes.
 */
export function addPerson(name: string, person: Person, around: Around): RealmAccount {
  const { realm, parent } = around;
  const { reset } = person;
  const rotation = reset === undefined ? {} : { rotation: reset };
  const password = new Password(
    `${name}-password`,
    { length: around.passwordLength, ...rotation },
    { parent },
  );
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
      enabled: admits(around.admission, person),
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
  const options = { parent, deletedWith: account };
  const ofRole = new keycloak.UserRoles(
    `${name}-roles`,
    { ...mine, roleIds: [around.defaultRoles.id, around.roles[person.role].id] },
    options,
  );
  const ofTeams = new keycloak.UserGroups(
    `${name}-groups`,
    { ...mine, groupIds: (person.teams ?? []).map((team) => groupOf(team, around.groups).id) },
    options,
  );
  const resources: Resource[] = [account, ofRole, ofTeams];
  if (reset !== undefined) {
    const args = { realm: realm.realm, user: account.id, password: password.password, rotation: reset };
    resources.push(new PasswordReset(`${name}-password-reset`, args, options));
  }
  const access = { username: person.username, oneTimePassword: secret(password.password) };
  return { person, access, subject: account.id, resources };
}

function groupOf(team: string, groups: Around["groups"]): keycloak.Group {
  const group = groups[team];
  if (group === undefined) throw new RangeError(`team ${team} is not declared`);
  return group;
}
