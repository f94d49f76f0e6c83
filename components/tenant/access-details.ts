import type { Input } from "@pulumi/pulumi";
import type { BotAccess, Collaboration } from "../collaboration.ts";
import type { Crm } from "../crm.ts";
import type { Database } from "../database.ts";
import type { ClientAccess, Identity } from "../identity.ts";
import type { Delivery } from "../delivery.ts";
import type { Invitations } from "../invitations.ts";
import type { WorkspaceAccess } from "../delivery/types.ts";
import type { SourceControl } from "../source-control.ts";
import type { RepositoryAccess } from "../source-control/repository.ts";
import type { Workspaces } from "../workspaces.ts";

/** Access details, as deep as they go. Each secret is a secret of its own, so that the rest can be read. */
export interface AccessDetails {
  readonly [name: string]: Input<string | undefined> | Input<number> | AccessDetails;
}

/** A tenant's components; those that it has no use for are undefined. */
export interface Components {
  readonly database: Database;
  readonly identity: Identity;
  readonly collaboration: Collaboration | undefined;
  readonly workspaces: Workspaces | undefined;
  readonly sourceControl: SourceControl | undefined;
  readonly delivery: Delivery | undefined;
  readonly crm: Crm | undefined;
}

/** What a tenant as a whole has in each system, by the system. */
export function systemsAccess(components: Components): AccessDetails {
  const { database, identity, collaboration, workspaces, sourceControl, delivery, crm } = components;
  return {
    database: { host: database.host, port: database.port, database: database.database },
    identity: identityAccess(identity),
    ...(collaboration && { collaboration: collaborationAccess(collaboration) }),
    ...(workspaces && { workspaces: { url: workspaces.url, templates: workspaces.templates } }),
    ...(sourceControl && { sourceControl: sourceControlAccess(sourceControl) }),
    ...(delivery && { delivery: deliveryAccess(delivery) }),
    ...(crm && { crm: { url: crm.url } }),
  };
}

/** What each person has in each system, and whether they were told, by username. */
export function peopleAccess(components: Components, invitations: Invitations | undefined): AccessDetails {
  const { database, identity, collaboration, workspaces, sourceControl, crm } = components;
  const all = [database, identity, collaboration, workspaces, sourceControl, crm];
  const usernames = new Set(all.flatMap((component) => Object.keys(component?.people ?? {})));
  const accessOf = (username: string): AccessDetails => {
    const { [username]: account } = identity.people;
    const systems = {
      database: database.people[username],
      identity: account && { ...account, signIn: identity.accountConsole },
      collaboration: collaboration?.people[username],
      workspaces: workspaces?.people[username],
      sourceControl: sourceControl?.people[username],
      crm: crm?.people[username],
      invitation: invitations?.people[username],
    };
    return Object.fromEntries(
      Object.entries(systems).flatMap(([system, access]) => (access ? [[system, { ...access }]] : [])),
    );
  };
  return Object.fromEntries([...usernames].sort().map((username) => [username, accessOf(username)]));
}

function identityAccess({ issuer, accountConsole, portal, clients }: Identity): AccessDetails {
  const clientAccess = ({ clientId, clientSecret }: ClientAccess): AccessDetails => ({
    clientId,
    ...(clientSecret && { clientSecret }),
  });
  return {
    issuer,
    accountConsole,
    clients: mapValues({ ...(portal && { portal }), ...clients }, clientAccess),
  };
}

function collaborationAccess({ url, bots, webhooks }: Collaboration): AccessDetails {
  return { url, bots: mapValues(bots, (bot: BotAccess) => ({ ...bot })), webhooks };
}

function sourceControlAccess({ url, repositories }: SourceControl): AccessDetails {
  return { url, repositories: mapValues(repositories, (each: RepositoryAccess) => ({ ...each })) };
}

function deliveryAccess({ url, workspaces, notificationSecrets }: Delivery): AccessDetails {
  return {
    url,
    workspaces: mapValues(workspaces, (each: WorkspaceAccess) => ({ ...each })),
    notificationSecrets,
  };
}

function mapValues<T>(
  values: Readonly<Record<string, T>>,
  change: (value: T) => AccessDetails,
): AccessDetails {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
