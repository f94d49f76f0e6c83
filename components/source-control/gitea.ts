import * as pulumi from "@pulumi/pulumi";
import { Organization } from "../../providers/gitea/organization.ts";
import { TeamMember } from "../../providers/gitea/team-member.ts";
import { User } from "../../providers/gitea/user.ts";
import { accountName } from "../../schema/account-name.ts";
import { admits, type Admission } from "../admission.ts";
import { byUsername, secretPassword, type Account, type Person } from "../person.ts";
import type { SourceControlArgs, SourceControlSystem } from "../source-control.ts";
import type { SourceRepository } from "./repository.ts";
import { createRepository, fillRepository } from "./gitea/repository.ts";
import { createTeams, type NamedTeam } from "./gitea/teams.ts";

/** Makes a tenant's organization in Gitea. Throws a `Failure` `team-reserved`. */
export const giteaOrganization: SourceControlSystem = (name, args, parent) => {
  const { tenant = name, protectRepositories: protect = true, adopt = false } = args;
  const organization = createOrganization(name, { ...args, tenant, adopt, protect }, parent);
  const url = pulumi.interpolate`${args.url}/${organization.name}`;
  const place = { tenant, organization, adopt, protect, parent };
  const nameOf = (repository: SourceRepository): string => `${name}-repository-${repository.name}`;
  const repositories = new Map(
    (args.repositories ?? []).map((each) => [each, createRepository(nameOf(each), each, place)]),
  );
  // Teams go with their organization.
  const options = { parent, deletedWith: organization };
  const teamsOf = createTeams(name, args.teams ?? [], repositories, { organization, adopt, options });
  const accounts = (args.people ?? []).map((person): Account => {
    const child = `${name}-user-${person.username}`;
    const user = createUser(child, person, { ...args, tenant }, parent);
    const access = { username: user.username, oneTimePassword: secretPassword(user), url };
    return { person, access, resources: [user, ...joinTeams(child, user, teamsOf(person), parent)] };
  });
  return {
    url,
    people: byUsername(accounts, ({ access }) => access),
    resources: byUsername(accounts, ({ resources }) => resources),
    repositories: Object.fromEntries(
      [...repositories].map(([each, repository]) => [
        each.name,
        fillRepository(nameOf(each), repository, each, place),
      ]),
    ),
  };
};

function createOrganization(
  name: string,
  args: SourceControlArgs & { readonly tenant: string; readonly adopt: boolean; readonly protect: boolean },
  parent: pulumi.Resource,
): Organization {
  const {
    tenant,
    organization = tenant,
    displayName = organization,
    adopt,
    protect,
    repositories = [],
  } = args;
  // In a private organization a public repository is for nobody but its members.
  const visibility = repositories.some((each) => each.visibility === "public") ? "limited" : "private";
  return new Organization(
    `${name}-organization`,
    { tenant, name: organization, fullName: displayName, visibility, adopt },
    { parent, protect },
  );
}

function createUser(
  name: string,
  { username, email, firstName, lastName, reset, adopt = false, ...person }: Person,
  { tenant, ...admission }: Admission & { readonly tenant: string },
  parent: pulumi.Resource,
): User {
  return new User(
    name,
    {
      tenant,
      username: accountName("sourceControl", tenant, username),
      email,
      fullName: pulumi.interpolate`${firstName} ${lastName}`,
      enabled: admits(admission, person),
      rotation: reset,
      adopt,
    },
    { parent },
  );
}

/** Gitea deletes nobody who is in an organization, so each membership ends by itself, before the account. */
function joinTeams(
  name: string,
  { username }: User,
  teams: readonly NamedTeam[],
  parent: pulumi.Resource,
): pulumi.Resource[] {
  return teams.map(
    ({ name: suffix, team }) => new TeamMember(`${name}-${suffix}`, { team: team.id, username }, { parent }),
  );
}
