import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Organization } from "../../../providers/gitea/organization.ts";
import type { Repository } from "../../../providers/gitea/repository.ts";
import { type Permission, roleTeamNames, teamEndings } from "../../../providers/gitea/team-names.ts";
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

/** What each role may do with every repository. */
const roleTeams: Readonly<Record<RoleName, Pick<TeamArgs, "permission" | "createRepositories">>> = {
  tenant_admin: { permission: "admin", createRepositories: true },
  application_manager: { permission: "write" },
  developer: { permission: "write" },
  auditor: { permission: "read" },
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
  const args = {
    ...roleTeams[role],
    name: roleTeamNames[role],
    organization: organization.name,
    allRepositories: true,
    adopt,
  };
  return new Team(name, { ...args, description: `Everyone whose role is ${role}` }, options);
}

/** What a declared team is in Gitea: as many teams as `teamEndings` says. */
function declaredTeams(
  name: string,
  { id, name: displayName = id }: TeamOfPeople,
  repositories: ReadonlyMap<SourceRepository, Repository>,
  { organization, adopt, options }: Place,
): NamedTeam[] {
  const reached = [...repositories].filter(([{ teams }]) => teams?.[id] !== undefined);
  const given = reached.flatMap(([{ teams }]) => teams?.[id] ?? []);
  const create = (permission: Permission, suffix: string): NamedTeam => ({
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
  return teamEndings(given).map(([permission, suffix]) => create(permission, suffix));
}

/** Another team has such a name already. */
function refuseReservedTeams(teams: readonly TeamOfPeople[]): void {
  const ids = teams.map(({ id }) => id);
  const reserved = ["owners", ...Object.values(roleTeamNames)];
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
