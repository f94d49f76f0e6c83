import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Organization } from "../../../providers/gitea/organization.ts";
import type { Repository } from "../../../providers/gitea/repository.ts";
import { Team, type TeamArgs } from "../../../providers/gitea/team.ts";
import { Failure } from "../../../report/failure.ts";
import { roles, type RoleName } from "../../../schema/tenant.ts";
import type { Person } from "../../person.ts";
import type { TeamOfPeople } from "../../team-of-people.ts";
import type { SourceRepository } from "../repository.ts";

interface Place {
  readonly organization: Organization;
  readonly adopt: boolean;
  readonly options: CustomResourceOptions;
}

type RoleTeam = Pick<TeamArgs, "permission" | "createRepositories"> & { readonly name: string };

/** What each role may do with every repository. */
const roleTeams: Readonly<Record<RoleName, RoleTeam>> = {
  tenant_admin: { name: "admins", permission: "admin", createRepositories: true },
  application_manager: { name: "application-managers", permission: "write" },
  developer: { name: "developers", permission: "write" },
  auditor: { name: "auditors", permission: "read" },
};

/** A team, and what it is called in the names of its members' resources. */
export interface NamedTeam {
  readonly name: string;
  readonly team: Team;
}

/**
 * Makes the teams of an organization: one for each role, which reaches every repository, and the declared ones. Gives a
 * function that says which of them a person is in. Throws a {@link Failure} `team-reserved`.
 */
export function createTeams(
  name: string,
  teams: readonly TeamOfPeople[],
  repositories: ReadonlyMap<SourceRepository, Repository>,
  place: Place,
): (person: Pick<Person, "role" | "teams">) => NamedTeam[] {
  refuseReservedTeams(teams);
  const ofRole = new Map(roles.map((role) => [role, roleTeam(`${name}-role-${role}`, role, place)]));
  const declared = new Map(
    teams.map((team) => [team.id, declaredTeams(`${name}-team-${team.id}`, team, repositories, place)]),
  );
  return (person) => {
    const team = ofRole.get(person.role);
    return [
      ...(team ? [{ name: "role", team }] : []),
      ...(person.teams ?? []).flatMap((id) => {
        const found = declared.get(id);
        if (found === undefined) throw new RangeError(`team ${id} is not declared`);
        return found;
      }),
    ];
  };
}

function roleTeam(name: string, role: RoleName, { organization, adopt, options }: Place): Team {
  const args = { ...roleTeams[role], organization: organization.name, allRepositories: true, adopt };
  return new Team(name, { ...args, description: `Everyone whose role is ${role}` }, options);
}

const permissions = ["read", "write", "admin"] as const;

/**
 * What a declared team is in Gitea, where a team has one permission for all its repositories: a team with the lowest
 * permission that repositories give it, and for each higher one another, `payments-write`. Its people are in all of them.
 */
function declaredTeams(
  name: string,
  { id, name: displayName = id }: TeamOfPeople,
  repositories: ReadonlyMap<SourceRepository, Repository>,
  { organization, adopt, options }: Place,
): NamedTeam[] {
  const reached = [...repositories].filter(([{ teams }]) => teams?.[id] !== undefined);
  const given = permissions.filter((each) => reached.some(([{ teams }]) => teams?.[id] === each));
  const [lowest = "read", ...higher] = given;
  const create = (permission: (typeof permissions)[number], suffix: string): NamedTeam => ({
    name: `team-${id}${suffix}`,
    team: new Team(
      `${name}${suffix}`,
      {
        organization: organization.name,
        name: `${id}${suffix}`,
        description: displayName,
        permission,
        repositories: reached
          .filter(([{ teams }]) => teams?.[id] === permission)
          .map(([, { name: each }]) => each),
        adopt,
      },
      options,
    ),
  });
  return [create(lowest, ""), ...higher.map((permission) => create(permission, `-${permission}`))];
}

/** Another team has such a name already. */
function refuseReservedTeams(teams: readonly TeamOfPeople[]): void {
  const ids = teams.map(({ id }) => id);
  const reserved = ["owners", ...Object.values(roleTeams).map(({ name }) => name)];
  const higher = ids.flatMap((id) => [`${id}-write`, `${id}-admin`]);
  const taken = ids.find((id) => reserved.includes(id) || higher.includes(id));
  if (taken === undefined) return;
  throw new Failure(
    "team-reserved",
    `no team can have the id ${taken}: Gitea has a team of that name already`,
    {
      system: "Gitea",
      fix: "give this team another `id` in the tenant's file",
    },
  );
}
