import type { RoleName } from "./sections/people.ts";
import type { Service } from "./sections/services.ts";

/** The services whose servers all tenants share, so that names there carry the tenant's id. */
export type SharedService = Extract<Service, "collaboration" | "workspaces" | "sourceControl">;

/**
 * The name of a person's account, or a bot's, on a server that all tenants share. An id never has an underscore, so that
 * the first one ends it. Coder takes letters, digits and hyphens only.
 */
export function accountName(service: SharedService, tenantId: string, username: string): string {
  if (service === "workspaces") return `${tenantId}-${username.replaceAll(/[._]/g, "-")}`;
  return `${tenantId}_${username}`;
}

/** The name of one of a tenant's templates in Coder, where all tenants share one list. */
export function templateName(tenantId: string, name: string): string {
  return `${tenantId}-${name}`;
}

/** The name of one of a tenant's teams as a group in Coder, where all tenants share one list too. */
export function groupName(tenantId: string, team: string): string {
  return `${tenantId}-${team}`;
}

/** The name of one of a tenant's teams in a GitHub organization, which tenants share. */
export function githubTeam(tenantId: string, team: string): string {
  return `${tenantId}-${team}`;
}

const githubRoleTeams: Readonly<Record<RoleName, string>> = {
  tenant_admin: "admins",
  application_manager: "application-managers",
  developer: "developers",
  auditor: "auditors",
};

/** The name of the team of everyone of a tenant who has a role, in a GitHub organization. */
export function githubRoleTeam(tenantId: string, role: RoleName): string {
  return githubTeam(tenantId, githubRoleTeams[role]);
}

/**
 * Why a server refuses a name that was made here, as the end of a sentence; undefined when it doesn't. Mattermost takes
 * them all: 64 characters, of which an id and a username have 63 at most.
 */
export function nameFault(service: SharedService, name: string): string | undefined {
  if (service === "workspaces") return coderFault(name);
  return service === "sourceControl" ? giteaFault(name) : undefined;
}

/** `NameValid` in codersdk/name.go. */
function coderFault(name: string): string | undefined {
  if (name.length > 32) return `it is ${name.length} characters long, and Coder takes 32`;
  return name.includes("--") ? "Coder takes no two hyphens in a row" : undefined;
}

/** `IsUsableUsername` in Gitea's models/user/user.go; the length is that of its API. */
function giteaFault(name: string): string | undefined {
  if (name.length > 40) return `it is ${name.length} characters long, and Gitea takes 40`;
  if (/[-._]{2}/.test(name)) return "Gitea takes no two of . _ - in a row";
  const [ending] = /\.(?:keys|gpg|rss|atom|png)$/.exec(name) ?? [];
  return ending === undefined ? undefined : `Gitea keeps names in ${ending} for itself`;
}
