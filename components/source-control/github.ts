import * as pulumi from "@pulumi/pulumi";
import * as github from "../sdks/github.ts";
import { admits } from "../admission.ts";
import { byUsername, type Account, type Person } from "../person.ts";
import type { SourceControlArgs, SourceControlSystem } from "../source-control.ts";
import { createRepository, fillRepository } from "./github/repository.ts";
import { createTeams } from "./github/teams.ts";

/**
 * Makes what a tenant has in a GitHub organization, which is there already and may be shared by tenants: teams that carry
 * the tenant's id, its people in them by the accounts they have, and repositories.
 */
export const githubOrganization: SourceControlSystem = (name, args, parent) => {
  const { tenant = name, organization = tenant, protectRepositories: protect = true } = args;
  const teams = createTeams(name, args.teams ?? [], { tenant, parent });
  const url = pulumi.interpolate`${args.url}/${organization}`;
  const accounts = (args.people ?? []).map((person): Account => ({
    person,
    access: { username: person.github ?? "", url },
    resources: joinTeams(`${name}-user-${person.username}`, person, teams.of(person), { ...args, parent }),
  }));
  const place = { tenant, teams, protect, parent, ...args.github };
  return {
    url,
    people: byUsername(accounts, ({ access }) => access),
    resources: byUsername(accounts, ({ resources }) => resources),
    repositories: Object.fromEntries(
      (args.repositories ?? []).map((each) => {
        const child = `${name}-repository-${each.name}`;
        return [each.name, fillRepository(child, createRepository(child, each, place), each, place)];
      }),
    ),
  };
};

/** Who isn't let in is in no team. GitHub invites to the organization whoever isn't in it yet. */
function joinTeams(
  name: string,
  person: Person,
  teams: readonly { readonly name: string; readonly team: github.Team }[],
  { parent, ...admission }: SourceControlArgs & { readonly parent: pulumi.Resource },
): pulumi.Resource[] {
  const { github: username } = person;
  if (username === undefined || admits(admission, person) === false) return [];
  return teams.map(
    ({ name: suffix, team }) =>
      new github.TeamMembership(
        `${name}-${suffix}`,
        { teamId: team.id, username, role: "member" },
        { parent, deletedWith: team, deleteBeforeReplace: true },
      ),
  );
}
