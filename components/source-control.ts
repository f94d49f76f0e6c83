import * as pulumi from "@pulumi/pulumi";
import type { Admission } from "./admission.ts";
import type { Person, PersonAccess, ResourcesByPerson } from "./person.ts";
import { giteaOrganization } from "./source-control/gitea.ts";
import { githubOrganization } from "./source-control/github.ts";
import type { Protector } from "./source-control/github/protection.ts";
import type { RepositoryAccess, SourceRepository } from "./source-control/repository.ts";
import type { TeamOfPeople } from "./team-of-people.ts";

export interface SourceControlArgs extends Admission {
  /** Where the repositories are. */
  readonly system: keyof typeof systems;
  /** The system's address as people know it. */
  readonly url: pulumi.Input<string>;
  /** The tenant's id: accounts' names begin with it. Default: the component's name. */
  readonly tenant?: string;
  /** The organization's name. Default: the tenant's id. */
  readonly organization?: string;
  /** The organization's name that people read. Default: its name. */
  readonly displayName?: pulumi.Input<string>;
  /** false: the organization and its repositories may be deleted. Default: true. */
  readonly protectRepositories?: boolean;
  /** How branches are protected in GitHub. */
  readonly github?: Protector;
  /** Take over an organization, teams and repositories of these names that Tenantry did not make; not in GitHub. Default: false. */
  readonly adopt?: boolean;
  readonly teams?: readonly TeamOfPeople[];
  readonly people?: readonly Person[];
  readonly repositories?: readonly SourceRepository[];
}

/** What a tenant has in a system for source code, whichever it is. */
export interface SourceOrganization {
  /** The organization's page. */
  readonly url: pulumi.Output<string>;
  readonly people: Readonly<Record<string, PersonAccess>>;
  /** By name. */
  readonly repositories: Readonly<Record<string, RepositoryAccess>>;
  readonly resources: ResourcesByPerson;
}

/** Makes a tenant's organization in one system: everything below `parent`, named after it. */
export type SourceControlSystem = (
  name: string,
  args: SourceControlArgs,
  parent: pulumi.Resource,
) => SourceOrganization;

const systems = { gitea: giteaOrganization, github: githubOrganization } satisfies Readonly<
  Record<string, SourceControlSystem>
>;

const titles: Readonly<Record<keyof typeof systems, string>> = { gitea: "Gitea", github: "GitHub" };

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:SourceControl";

/**
 * A tenant's organization for source code: a team for each role with access to everything, its own teams with the access
 * that repositories give them, an account for each person in exactly their teams, and repositories with all that
 * belongs to them. Repositories are protected: deleting one loses what is in it.
 */
export class SourceControl extends pulumi.ComponentResource implements SourceOrganization {
  readonly url: pulumi.Output<string>;
  readonly people: Readonly<Record<string, PersonAccess>>;
  readonly repositories: Readonly<Record<string, RepositoryAccess>>;
  readonly resources: ResourcesByPerson;
  /** What people call the system. */
  readonly title: string;

  constructor(name: string, args: SourceControlArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const { url, people, repositories, resources } = systems[args.system](name, args, this);
    this.title = titles[args.system];
    this.url = url;
    this.people = people;
    this.repositories = repositories;
    this.resources = resources;
    this.registerOutputs({ url, people, repositories });
  }
}
