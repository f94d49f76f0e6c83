import type * as pulumi from "@pulumi/pulumi";
import * as github from "../../sdks/github.ts";
import { githubRoleTeam, githubTeam } from "../../../schema/account-name.ts";
import { roles, type RoleName } from "../../../schema/tenant.ts";
import type { Person } from "../../person.ts";
import type { TeamOfPeople } from "../../team-of-people.ts";
import type { Permission, SourceRepository } from "../repository.ts";

interface Place {
  readonly tenant: string;
  readonly parent: pulumi.Resource;
}

/** A tenant's teams in an organization. */
export interface Teams {
  /** Those that a person is in, and what they are called in the names of that person's resources. */
  readonly of: (
    person: Pick<Person, "role" | "teams">,
  ) => readonly { readonly name: string; readonly team: github.Team }[];
  /** Those that reach a repository, with what they may do there, in GitHub's words. */
  readonly reaching: (
    repository: SourceRepository,
  ) => readonly { readonly teamId: pulumi.Output<string>; readonly permission: string }[];
}

/** What each role may do with every repository of the tenant. */
const rolePermissions: Readonly<Record<RoleName, Permission>> = {
  tenant_admin: "admin",
  application_manager: "write",
  developer: "write",
  auditor: "read",
};

/** Makes a tenant's teams: one for each role, which reaches all its repositories, and the declared ones. */
export function createTeams(
  name: string,
  declared: readonly TeamOfPeople[],
  { tenant, parent }: Place,
): Teams {
  const team = (child: string, args: github.TeamArgs): github.Team =>
    // Members of the organization see it: who can't be seen can't be mentioned or made a code owner.
    new github.Team(child, { privacy: "closed", ...args }, { parent });
  const ofRole = new Map(
    roles.map((role) => {
      const description = `Everyone of tenant ${tenant} whose role is ${role}`;
      return [role, team(`${name}-role-${role}`, { name: githubRoleTeam(tenant, role), description })];
    }),
  );
  const own = new Map(
    declared.map(({ id, name: description = id }) => [
      id,
      team(`${name}-team-${id}`, { name: githubTeam(tenant, id), description }),
    ]),
  );
  const declaredTeam = (id: string): github.Team => {
    const found = own.get(id);
    if (found === undefined) throw new RangeError(`team ${id} is not declared`);
    return found;
  };
  return {
    of: ({ role, teams = [] }) => [
      ...[...ofRole].filter(([each]) => each === role).map(([, each]) => ({ name: "role", team: each })),
      ...teams.map((id) => ({ name: `team-${id}`, team: declaredTeam(id) })),
    ],
    reaching: ({ teams = {} }) => [
      ...[...ofRole].map(([role, each]) => ({ teamId: each.id, permission: words[rolePermissions[role]] })),
      ...Object.entries(teams).map(([id, permission]) => ({
        teamId: declaredTeam(id).id,
        permission: words[permission],
      })),
    ],
  };
}

/** What GitHub's API calls a permission. */
const words: Readonly<Record<Permission, string>> = {
  read: "pull",
  triage: "triage",
  write: "push",
  maintain: "maintain",
  admin: "admin",
};
