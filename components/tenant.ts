import * as pulumi from "@pulumi/pulumi";
import { Catalog, type CatalogArgs } from "./catalog.ts";
import { Collaboration, type CollaborationArgs } from "./collaboration.ts";
import { Crm, type CrmArgs } from "./crm.ts";
import { Delivery, type DeliveryArgs } from "./delivery.ts";
import { Database, type DatabaseArgs } from "./database.ts";
import { Identity, type IdentityArgs } from "./identity.ts";
import { Invitations, type InvitationsArgs, type Invitee } from "./invitations.ts";
import { SourceControl, type SourceControlArgs } from "./source-control.ts";
import { peopleAccess, systemsAccess, type AccessDetails, type Components } from "./tenant/access-details.ts";
import { invitedSystems } from "./tenant/invited-systems.ts";
import { Workspaces, type WorkspacesArgs } from "./workspaces.ts";

/** A tenant has a database and a realm always, and of the others those that are named. */
export interface TenantArgs {
  readonly database: DatabaseArgs;
  readonly identity: IdentityArgs;
  readonly collaboration?: TenantCollaborationArgs;
  readonly workspaces?: WorkspacesArgs;
  readonly sourceControl?: SourceControlArgs;
  readonly delivery?: DeliveryArgs;
  readonly crm?: CrmArgs;
  readonly invitations?: TenantInvitationsArgs;
  /** What the environment's catalog says of the tenant. */
  readonly catalog?: CatalogArgs;
}

/** Whom Mattermost's OpenID Connect service knows is the realm's to say. */
export interface TenantCollaborationArgs extends CollaborationArgs {
  /** Whether people with an account in the realm sign in to Mattermost by it. Default: by a password there. */
  readonly signInByRealm?: boolean;
}

/** What there is to tell people of, and when, is the other components' to say. */
export interface TenantInvitationsArgs extends Omit<InvitationsArgs, "people"> {
  readonly people: readonly Omit<Invitee, "systems" | "dependsOn">[];
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Tenant";

/** Everything that a tenant has: a component a system, and what people need to get in. */
export class Tenant extends pulumi.ComponentResource {
  /** What the tenant has in each system, by the system: `database`, `identity`, `collaboration`, … */
  readonly systems: AccessDetails;
  /** By username. */
  readonly people: AccessDetails;

  constructor(name: string, args: TenantArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const options = { parent: this };
    const { collaboration, workspaces, sourceControl, delivery, crm, invitations, catalog } = args;
    const identity = new Identity(name, args.identity, options);
    const components: Components = {
      database: new Database(name, args.database, options),
      identity,
      collaboration:
        collaboration &&
        new Collaboration(`${name}-collaboration`, withSubjects(collaboration, identity), options),
      workspaces: workspaces && new Workspaces(`${name}-workspaces`, workspaces, options),
      sourceControl: sourceControl && new SourceControl(`${name}-source-control`, sourceControl, options),
      delivery: delivery && new Delivery(`${name}-delivery`, delivery, options),
      crm: crm && new Crm(`${name}-crm`, crm, options),
    };
    const told =
      invitations &&
      new Invitations(`${name}-invitations`, withSystems(name, invitations, components), options);
    if (catalog) new Catalog(`${name}-catalog`, catalog, options);
    this.systems = systemsAccess(components);
    this.people = peopleAccess(components, told);
    this.registerOutputs({ ...this.systems, people: this.people });
  }
}

function withSubjects(
  { signInByRealm = false, ...args }: TenantCollaborationArgs,
  { subjects }: Identity,
): CollaborationArgs {
  if (!signInByRealm) return args;
  const people = args.people?.map((person) => ({ ...person, subject: subjects[person.username] }));
  return { ...args, people: people ?? [] };
}

/** Whoever has nothing has nothing to hear of. */
function withSystems(
  name: string,
  { people, ...args }: TenantInvitationsArgs,
  components: Components,
): InvitationsArgs {
  const { tenant = name, displayName = tenant } = args;
  const { database, identity, collaboration, workspaces, sourceControl, crm } = components;
  const all = [database, identity, collaboration, workspaces, sourceControl, crm];
  const invitees = people.map((person) => ({
    ...person,
    systems: invitedSystems(components, person.username, displayName),
    dependsOn: all.flatMap((component) => component?.resources[person.username] ?? []),
  }));
  return { ...args, tenant, displayName, people: invitees.filter(({ systems }) => systems.length > 0) };
}
