import * as pulumi from "@pulumi/pulumi";
import { Notification } from "../providers/tfe/notification.ts";
import { Password } from "../providers/tenantry/password.ts";
import * as tfe from "../sdks/tfe/index.js";
import type {
  DeliveryEnvironment,
  DeliveryNotification,
  DeliveryTeam,
  DeliveryVariable,
  DeliveryVariableSet,
  VcsConnection,
  WorkspaceAccess,
} from "./delivery/types.ts";

export interface DeliveryArgs {
  /** Terraform Cloud's address as people know it, without a slash at its end. */
  readonly url: pulumi.Input<string>;
  /** The organization that everything is made in. */
  readonly organization: string;
  /** The tenant's id: workspaces', teams' and sets' names begin with it. Default: the component's name. */
  readonly tenant?: string;
  /** The project's name. Default: `tenant-<tenant>`. */
  readonly project?: string;
  /** false: teams have no access, nothing is lost. Default: true. */
  readonly enabled?: boolean;
  /** false: the project and its workspaces may be deleted. Default: true. */
  readonly protectWorkspaces?: boolean;
  /** Absent: no workspace knows a repository. */
  readonly vcs?: VcsConnection | undefined;
  readonly environments?: readonly DeliveryEnvironment[];
  readonly variableSets?: readonly DeliveryVariableSet[];
  readonly teams?: readonly DeliveryTeam[];
  readonly notifications?: readonly DeliveryNotification[];
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Delivery";

/**
 * A tenant's part of Terraform Cloud: a project, a workspace for each of its environments with variables, run triggers
 * and notifications, variable sets, and teams with access to all of it. Workspaces hold states: they are protected.
 */
export class Delivery extends pulumi.ComponentResource {
  /** The project's page. */
  readonly url: pulumi.Output<string>;
  /** By environment. */
  readonly workspaces: Readonly<Record<string, WorkspaceAccess>>;
  /** What signs each notification, by its name. Secrets. */
  readonly notificationSecrets: Readonly<Record<string, pulumi.Output<string>>>;
  readonly #name: string;
  readonly #args: DeliveryArgs & { readonly tenant: string };
  readonly #project: tfe.Project;
  readonly #workspaces: ReadonlyMap<string, tfe.Workspace>;

  constructor(name: string, given: DeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const args = { ...given, tenant: given.tenant ?? name };
    const { environments = [], variableSets = [], teams = [], notifications = [] } = args;
    this.#name = name;
    this.#args = args;
    this.#project = this.#createProject();
    this.#workspaces = new Map(environments.map((each) => [each.name, this.#createWorkspace(each)]));
    for (const each of environments) this.#fillWorkspace(each);
    for (const each of variableSets) this.#createVariableSet(each);
    for (const each of teams) this.#createTeam(each);
    this.notificationSecrets = Object.fromEntries(
      notifications.map((each) => [each.name, this.#notify(each)]),
    );
    this.url = pulumi.interpolate`${args.url}/app/${args.organization}/projects/${this.#project.id}`;
    this.workspaces = Object.fromEntries(
      [...this.#workspaces].map(([environment, { id, htmlUrl: url }]) => [environment, { id, url }]),
    );
    const { url, workspaces, notificationSecrets } = this;
    this.registerOutputs({ url, workspaces, notificationSecrets });
  }

  #createProject(): tfe.Project {
    const {
      tenant,
      organization,
      project = `tenant-${tenant}`,
      protectWorkspaces: protect = true,
    } = this.#args;
    const description = `Tenant ${tenant}, kept by Tenantry`;
    return new tfe.Project(
      `${this.#name}-project`,
      { organization, name: project, description },
      { parent: this, protect },
    );
  }

  #createWorkspace(environment: DeliveryEnvironment): tfe.Workspace {
    const { tenant, organization, protectWorkspaces: protect = true } = this.#args;
    const { name, workingDirectory = "", terraformVersion, autoApply = false } = environment;
    return new tfe.Workspace(
      `${this.#name}-workspace-${name}`,
      {
        organization,
        projectId: this.#project.id,
        name: `${tenant}-${name}`,
        description: `Environment ${name} of tenant ${tenant}, kept by Tenantry`,
        autoApply,
        workingDirectory,
        terraformVersion,
        tagNames: [`tenant:${tenant}`, `environment:${name}`],
        // The first run is somebody's: before it, not all that it needs may be there.
        queueAllRuns: false,
        ...this.#vcsRepo(environment),
      },
      { parent: this, protect },
    );
  }

  #vcsRepo({ repository, branch = "" }: DeliveryEnvironment): Pick<tfe.WorkspaceArgs, "vcsRepo"> {
    const { vcs } = this.#args;
    if (vcs === undefined || repository === undefined) return {};
    const connection =
      "githubApp" in vcs ? { githubAppInstallationId: vcs.githubApp } : { oauthTokenId: vcs.oauthToken };
    return { vcsRepo: { identifier: repository, branch, ...connection } };
  }

  /** Makes what belongs to a workspace, and goes with it. */
  #fillWorkspace({ name, variables = [], after = [] }: DeliveryEnvironment): void {
    const workspace = this.#workspace(name);
    const child = `${this.#name}-workspace-${name}`;
    const options = { parent: this, deletedWith: workspace };
    for (const each of variables) createVariable(child, each, { workspaceId: workspace.id }, options);
    for (const each of after) {
      const sourceableId = this.#workspace(each).id;
      new tfe.RunTrigger(`${child}-after-${each}`, { workspaceId: workspace.id, sourceableId }, options);
    }
  }

  #createVariableSet({ name, description = "", environments, variables }: DeliveryVariableSet): void {
    const { tenant, organization } = this.#args;
    const child = `${this.#name}-set-${name}`;
    const set = new tfe.VariableSet(
      child,
      { organization, name: `${tenant}-${name}`, description },
      { parent: this },
    );
    const options = { parent: this, deletedWith: set };
    for (const each of variables) createVariable(child, each, { variableSetId: set.id }, options);
    if (environments === undefined) {
      const ids = { variableSetId: set.id, projectId: this.#project.id };
      new tfe.ProjectVariableSet(`${child}-project`, ids, options);
    }
    for (const each of environments ?? []) {
      const ids = { variableSetId: set.id, workspaceId: this.#workspace(each).id };
      new tfe.WorkspaceVariableSet(`${child}-${each}`, ids, options);
    }
  }

  #createTeam({ name, access, ssoTeamId }: DeliveryTeam): void {
    const { tenant, organization, enabled = true } = this.#args;
    const child = `${this.#name}-team-${name}`;
    const team = new tfe.Team(
      child,
      {
        organization,
        name: `${tenant}-${name}`,
        visibility: "organization",
        ...(ssoTeamId !== undefined && { ssoTeamId }),
      },
      { parent: this },
    );
    if (!enabled) return;
    // Left out, they are null to the provider, which dies of that in a preview.
    const nothingOfItsOwn = { projectAccesses: [], workspaceAccesses: [] };
    const ids = { teamId: team.id, projectId: this.#project.id };
    new tfe.TeamProjectAccess(
      `${child}-access`,
      { ...ids, access, ...nothingOfItsOwn },
      { parent: this, deletedWith: team },
    );
  }

  /** Gives what signs it. */
  #notify({ name, url, triggers, enabled = true, ...rest }: DeliveryNotification): pulumi.Output<string> {
    const { environments = [...this.#workspaces.keys()], rotation } = rest;
    const child = `${this.#name}-notification-${name}`;
    const secret = new Password(child, rotation === undefined ? {} : { rotation }, { parent: this });
    for (const each of environments) {
      const workspace = this.#workspace(each);
      new Notification(
        `${child}-${each}`,
        { workspace: workspace.id, name, url, triggers, enabled, token: secret.password },
        { parent: this, deletedWith: workspace },
      );
    }
    return pulumi.secret(secret.password);
  }

  #workspace(environment: string): tfe.Workspace {
    const found = this.#workspaces.get(environment);
    if (found === undefined) throw new Error(`there is no environment ${environment}`);
    return found;
  }
}

function createVariable(
  owner: string,
  { key, value, sensitive = false, category = "terraform", hcl = false, description = "" }: DeliveryVariable,
  place: Pick<tfe.VariableArgs, "workspaceId" | "variableSetId">,
  options: pulumi.CustomResourceOptions,
): tfe.Variable {
  const secret = sensitive ? pulumi.secret(value) : value;
  return new tfe.Variable(
    `${owner}-${category}-${key}`,
    { ...place, key, value: secret, sensitive, category, hcl, description },
    options,
  );
}
