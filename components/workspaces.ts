import * as pulumi from "@pulumi/pulumi";
import { Group } from "../providers/coder/group.ts";
import { Organization } from "../providers/coder/organization.ts";
import { Template, type TemplateArgs } from "../providers/coder/template.ts";
import { User } from "../providers/coder/user.ts";
import { Workspace } from "../providers/coder/workspace.ts";
import { accountName, templateName } from "../schema/account-name.ts";
import { admits, type Admission } from "./admission.ts";
import {
  byUsername,
  secretPassword,
  type Person,
  type PersonAccess,
  type ResourcesByPerson,
} from "./person.ts";
import type { TeamOfPeople } from "./team-of-people.ts";
import { autostart, timeToLive, type Schedule } from "./workspaces/times.ts";

export interface WorkspacesArgs extends Admission {
  /** Coder's address as people know it. */
  readonly url: pulumi.Input<string>;
  /** The tenant's id: names of accounts, templates and groups begin with it. Default: the component's name. */
  readonly tenant?: string;
  /** The name of an organization of the tenant's own, for servers that have several. Default: the server's own one. */
  readonly organization?: string | undefined;
  /** The name that people read of that organization. Default: its name. */
  readonly displayName?: pulumi.Input<string>;
  /** false: the organization may be deleted, with all that is in it. Default: true. */
  readonly protectOrganization?: boolean;
  /** Take over an organization, templates and groups of these names that Tenantry did not make. Default: false. */
  readonly adopt?: boolean;
  readonly templates?: readonly WorkspaceTemplate[];
  /** The workspace that each person has. Default: none. */
  readonly personal?: PersonalWorkspace | undefined;
  /** Each is a group, for servers that have groups. */
  readonly groups?: readonly TeamOfPeople[];
  readonly people?: readonly Person[];
}

/** What workspaces are made from. */
export interface WorkspaceTemplate extends Pick<
  TemplateArgs,
  "folder" | "displayName" | "description" | "variables"
> {
  /** The template is named `<tenant>-<name>`. */
  readonly name: string;
}

/** A workspace that each person has. */
export interface PersonalWorkspace {
  /** The name of one of the templates. */
  readonly template: string;
  readonly name: string;
  /** Values of the template's parameters. Default: the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** When it starts by itself. Default: never. */
  readonly autostart?: Schedule | undefined;
  /** How long after its start it stops by itself: `8h`. Default: never. */
  readonly stopAfter?: string | undefined;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Workspaces";

/** A tenant's part of Coder: templates from the project's folders, an account for each person, and a workspace if wanted. */
export class Workspaces extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** The names of the templates in Coder, by their names here. */
  readonly templates: Readonly<Record<string, pulumi.Output<string>>>;
  readonly people: Readonly<Record<string, PersonAccess>>;
  readonly resources: ResourcesByPerson;

  readonly #name: string;
  readonly #tenant: string;
  readonly #adopt: boolean;
  readonly #organization: Organization | undefined;
  readonly #templates: Readonly<Record<string, Template>>;

  constructor(name: string, args: WorkspacesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.#tenant = args.tenant ?? name;
    this.#adopt = args.adopt ?? false;
    this.url = pulumi.output(args.url);
    this.#organization = this.#createOrganization(args);
    this.#templates = Object.fromEntries(
      (args.templates ?? []).map((template) => [template.name, this.#createTemplate(template)]),
    );
    const accounts = (args.people ?? []).map((person) => this.#createAccount(person, args));
    for (const team of args.groups ?? []) this.#createGroup(team, accounts);
    this.people = byUsername(accounts, ({ user, workspace }) => ({
      username: user.username,
      oneTimePassword: secretPassword(user),
      url: workspace?.url ?? this.url,
    }));
    this.resources = byUsername(accounts, ({ user, workspace }) => (workspace ? [user, workspace] : [user]));
    this.templates = Object.fromEntries(
      Object.entries(this.#templates).map(([each, template]) => [each, template.name]),
    );
    this.registerOutputs({ url: this.url, templates: this.templates, people: this.people });
  }

  /** The organization that things are made in; without it they are made in the server's own one. */
  get #where(): { readonly organization?: pulumi.Output<string> } {
    return this.#organization === undefined ? {} : { organization: this.#organization.name };
  }

  #createOrganization(args: WorkspacesArgs): Organization | undefined {
    const { organization, displayName = organization, protectOrganization = true } = args;
    if (organization === undefined) return undefined;
    return new Organization(
      `${this.#name}-organization`,
      { tenant: this.#tenant, name: organization, displayName, adopt: this.#adopt },
      { parent: this, protect: protectOrganization },
    );
  }

  #createTemplate({ name, ...template }: WorkspaceTemplate): Template {
    return new Template(
      `${this.#name}-template-${name}`,
      {
        ...template,
        ...this.#where,
        tenant: this.#tenant,
        name: templateName(this.#tenant, name),
        adopt: this.#adopt,
      },
      { parent: this },
    );
  }

  #createAccount(person: Person, { personal, ...args }: WorkspacesArgs): CoderAccount {
    const name = `${this.#name}-user-${person.username}`;
    const user = new User(
      name,
      {
        ...this.#where,
        tenant: this.#tenant,
        username: accountName("workspaces", this.#tenant, person.username),
        email: person.email,
        name: pulumi.interpolate`${person.firstName} ${person.lastName}`,
        enabled: admits(args, person),
        rotation: person.reset,
        adopt: person.adopt ?? false,
      },
      { parent: this },
    );
    const workspace = personal && this.#createWorkspace(`${name}-workspace`, person, user, personal);
    return { person, user, workspace };
  }

  #createWorkspace(
    resource: string,
    { adopt = false }: Person,
    user: User,
    { template, name, parameters = {}, ...times }: PersonalWorkspace,
  ): Workspace {
    const from = this.#templates[template];
    if (from === undefined) throw new RangeError(`template ${template} is not declared`);
    return new Workspace(
      resource,
      {
        tenant: this.#tenant,
        name,
        owner: user.username,
        template: from.id,
        parameters,
        autostart: times.autostart && autostart(times.autostart),
        ttl: times.stopAfter && timeToLive(times.stopAfter),
        adopt,
      },
      { parent: this },
    );
  }

  #createGroup({ id, name }: TeamOfPeople, accounts: readonly CoderAccount[]): void {
    const members = accounts.filter(({ person }) => person.teams?.includes(id));
    new Group(
      `${this.#name}-group-${id}`,
      {
        ...this.#where,
        tenant: this.#tenant,
        name: `${this.#tenant}-${id}`,
        displayName: name,
        members: members.map(({ user }) => user.id),
        adopt: this.#adopt,
      },
      { parent: this },
    );
  }
}

interface CoderAccount {
  readonly person: Person;
  readonly user: User;
  readonly workspace: Workspace | undefined;
}
