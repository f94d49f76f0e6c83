/** Type tokens of the resources that policies are about. */
export const postgresql = {
  database: "postgresql:index/database:Database",
  role: "postgresql:index/role:Role",
  grant: "postgresql:index/grant:Grant",
  login: "pulumi-nodejs:dynamic/postgresql:Login",
  privileges: "pulumi-nodejs:dynamic/postgresql:Privileges",
} as const;

export const keycloak = {
  realm: "keycloak:index/realm:Realm",
  user: "keycloak:index/user:User",
  defaultRoles: "keycloak:index/defaultRoles:DefaultRoles",
  client: "keycloak:openid/client:Client",
  identityProvider: "keycloak:oidc/identityProvider:IdentityProvider",
} as const;

export const mattermost = {
  team: "pulumi-nodejs:dynamic/mattermost:Team",
  user: "pulumi-nodejs:dynamic/mattermost:User",
  bot: "pulumi-nodejs:dynamic/mattermost:Bot",
  webhook: "pulumi-nodejs:dynamic/mattermost:IncomingWebhook",
} as const;

export const coder = {
  organization: "pulumi-nodejs:dynamic/coder:Organization",
  user: "pulumi-nodejs:dynamic/coder:User",
  template: "pulumi-nodejs:dynamic/coder:Template",
} as const;

export const gitea = {
  organization: "pulumi-nodejs:dynamic/gitea:Organization",
  repository: "pulumi-nodejs:dynamic/gitea:Repository",
  user: "pulumi-nodejs:dynamic/gitea:User",
  webhook: "pulumi-nodejs:dynamic/gitea:Webhook",
  deployKey: "pulumi-nodejs:dynamic/gitea:DeployKey",
} as const;

export const github = {
  repository: "github:index/repository:Repository",
} as const;

/** The system that a resource belongs to, as people call it. */
export function systemOf(type: string): string {
  const owner = type.replace(/^pulumi-nodejs:dynamic\//, "").split(":", 1)[0] ?? "";
  return titles[owner] ?? "Tenantry";
}

const titles: Readonly<Record<string, string>> = {
  postgresql: "PostgreSQL",
  keycloak: "Keycloak",
  mattermost: "Mattermost",
  coder: "Coder",
  gitea: "Gitea",
  github: "GitHub",
  twenty: "Twenty",
  mail: "Mail",
};
