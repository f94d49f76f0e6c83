import type { Path } from "../schema/problem.ts";
import { type Tenant, username } from "../schema/tenant.ts";
import { resourceName, resourceType } from "./stack-report.ts";

/**
 * Where in a tenant's file a resource comes from: the person, channel, repository… that it is, or that it belongs to.
 * Undefined when it comes from no entry of the file.
 *
 * Resources are named `<tenant>[-<component>]-<kind>-<entry>[-<what of it>]`. Names of entries hold hyphens too: of `ann`
 * and `ann-team` in `…-user-ann-team` the resource's type tells the account of the one from the membership of the other.
 */
export function entryOf(urn: string, tenant: Tenant): Path | undefined {
  const name = resourceName(urn);
  if (!name.startsWith(`${tenant.id}-`)) return undefined;
  const [, component = "", kind = "", rest] = shape.exec(name.slice(tenant.id.length)) ?? [];
  if (rest === undefined) return sections[`${component} ${kind}`];
  const type = resourceType(urn).split(":").at(-1) ?? "";
  const types = continuations[kind];
  const continuation = types === undefined ? itself : types[type];
  const [entry] = entries(component, kind, tenant)
    .filter(({ called }) => rest.startsWith(called) && continuation?.test(rest.slice(called.length)) === true)
    .sort((a, b) => b.called.length - a.called.length);
  return entry?.path;
}

const shape = /^-(?:(collaboration|workspaces|source-control|crm|invitations)-)?([a-z]+)(?:-(.+))?$/;

/** What a tenant has one of, by component and kind. */
const sections: Readonly<Record<string, Path>> = {
  "collaboration team": ["collaboration"],
  "workspaces organization": ["workspaces"],
  "source-control organization": ["sourceControl"],
  "crm company": ["crm"],
};

const itself = /^$/;

/** How names go on after the entry's, by the entry's kind and the resource's type. Kinds that aren't here: not at all. */
const continuations: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  user: {
    User: itself,
    Person: itself,
    Invitation: itself,
    Password: /^-password$/,
    PasswordReset: /^-password-reset$/,
    UserRoles: /^-roles$/,
    UserGroups: /^-groups$/,
    TeamMember: /^-(?:team|role|team-.+)$/,
    ChannelMember: /^-channel-/,
    Workspace: /^-workspace$/,
    WorkspaceMember: /^-membership$/,
  },
  // In Gitea a team with several permissions is several teams.
  team: { Group: itself, Team: /^(?:-write|-admin)?$/ },
  bot: { Bot: itself, TeamMember: /^-team$/, ChannelMember: /^-channel-/ },
  repository: { Repository: itself, RepositoryFile: /^-file-/, DeployKey: /^-key-/, Webhook: /^-webhook-/ },
  client: {
    Client: itself,
    GroupMembershipProtocolMapper: /^-groups$/,
    AudienceProtocolMapper: /^-audience$/,
  },
};

interface Entry {
  /** What resources call it. */
  readonly called: string;
  readonly path: Path;
}

/** The entries of the file that a kind of resources is made from. */
function entries(component: string, kind: string, tenant: Tenant): readonly Entry[] {
  const { identity, collaboration, workspaces, sourceControl } = tenant;
  const teams = list(["teams"], tenant.teams, ({ id }) => id);
  switch (`${component} ${kind}`.trim()) {
    case "team":
    case "source-control team":
    case "workspaces group":
      return teams;
    case "client":
      return [
        { called: "portal", path: ["identity", "portal"] },
        ...list(["identity", "clients"], identity.clients, ({ id }) => id),
      ];
    case "idp":
      return list(["identity", "identityProviders"], identity.identityProviders, ({ alias }) => alias);
    case "collaboration channel":
      return [...teams, ...list(["collaboration", "channels"], collaboration.channels, ({ name }) => name)];
    case "collaboration bot":
      return list(["collaboration", "bots"], collaboration.bots, ({ name }) => name);
    case "collaboration webhook":
      return list(["collaboration", "webhooks"], collaboration.webhooks, ({ name }) => name);
    case "workspaces template":
      return list(["workspaces", "templates"], workspaces.templates, ({ name }) => name);
    case "source-control repository":
      return list(["sourceControl", "repositories"], sourceControl.repositories, ({ name }) => name);
    default:
      return kind === "user" || kind === "login" ? list(["users"], tenant.users, username) : [];
  }
}

function list<T>(path: Path, values: readonly T[], nameOf: (value: T) => string): Entry[] {
  return values.map((value, index) => ({ called: nameOf(value), path: [...path, index] }));
}
