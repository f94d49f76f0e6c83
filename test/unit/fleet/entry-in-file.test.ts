import { expect, test } from "@jest/globals";
import { entryOf } from "../../../fleet/entry-in-file.ts";
import { tenant as model } from "../../../schema/tenant.ts";

const person = (username: string): object => ({
  email: `${username}@acme.example`,
  firstName: "A",
  lastName: "B",
  role: "developer",
});

const tenant = model.parse({
  version: 1,
  id: "acme",
  name: "Acme",
  plan: "basic",
  region: "eu",
  teams: [{ id: "payments" }, { id: "payments-eu" }],
  users: ["ann", "joann", "jane.doe", "ann-team", "ann-workspace", "profile", "x"].map(person),
  identity: {
    portal: { redirectUris: ["https://portal.example/*"] },
    clients: [{ id: "mobile", redirectUris: ["https://app.example/"] }],
    identityProviders: [{ type: "github", clientId: "x", clientSecret: "env:X" }],
  },
  collaboration: {
    channels: [{ name: "general" }],
    bots: [{ name: "deployer" }],
    webhooks: [{ name: "Alerts", channel: "general" }],
  },
  workspaces: { templates: [{ name: "shell", folder: "a" }] },
  sourceControl: { repositories: [{ name: "web" }, { name: "web-file" }] },
});

const of = (type: string, name: string): unknown =>
  entryOf(`urn:pulumi:local.acme::tenantry::tenantry:index:Tenant$${type}::${name}`, tenant);
const mattermost = (type: string): string => `pulumi-nodejs:dynamic/mattermost:${type}`;
const coder = (type: string): string => `pulumi-nodejs:dynamic/coder:${type}`;
const gitea = (type: string): string => `pulumi-nodejs:dynamic/gitea:${type}`;

test.each([
  ["pulumi-nodejs:dynamic/postgresql:Login", "acme-login-ann", 0],
  ["pulumi-nodejs:dynamic/postgresql:Login", "acme-login-joann", 1],
  ["keycloak:index/user:User", "acme-user-jane.doe", 2],
  ["pulumi-nodejs:dynamic/tenantry:Password", "acme-user-jane.doe-password", 2],
  ["pulumi-nodejs:dynamic/keycloak:PasswordReset", "acme-user-jane.doe-password-reset", 2],
  ["keycloak:index/userRoles:UserRoles", "acme-user-ann-roles", 0],
  ["keycloak:index/userGroups:UserGroups", "acme-user-ann-team-groups", 3],
  [mattermost("User"), "acme-collaboration-user-jane.doe", 2],
  [mattermost("TeamMember"), "acme-collaboration-user-jane.doe-team", 2],
  [mattermost("User"), "acme-collaboration-user-ann-team", 3],
  [mattermost("TeamMember"), "acme-collaboration-user-ann-team", 0],
  [mattermost("TeamMember"), "acme-collaboration-user-ann-team-team", 3],
  [mattermost("ChannelMember"), "acme-collaboration-user-joann-channel-payments-eu", 1],
  [coder("User"), "acme-workspaces-user-x", 6],
  [coder("User"), "acme-workspaces-user-ann-workspace", 4],
  [coder("Workspace"), "acme-workspaces-user-ann-workspace", 0],
  [gitea("TeamMember"), "acme-source-control-user-ann-role", 0],
  [gitea("TeamMember"), "acme-source-control-user-ann-team-payments", 0],
  [gitea("TeamMember"), "acme-source-control-user-ann-team-team-payments", 3],
  ["pulumi-nodejs:dynamic/twenty:Person", "acme-crm-user-x", 6],
  ["pulumi-nodejs:dynamic/twenty:WorkspaceMember", "acme-crm-user-x-membership", 6],
  ["pulumi-nodejs:dynamic/mail:Invitation", "acme-invitations-user-profile", 5],
])("%s %s is the person's at users[%i]", (type, name, index) => {
  expect(of(type, name)).toEqual(["users", index]);
});

test.each([
  [mattermost("Channel"), "acme-collaboration-channel-general", ["collaboration", "channels", 0]],
  [mattermost("Channel"), "acme-collaboration-channel-payments-eu", ["teams", 1]],
  [mattermost("Bot"), "acme-collaboration-bot-deployer", ["collaboration", "bots", 0]],
  [
    mattermost("ChannelMember"),
    "acme-collaboration-bot-deployer-channel-general",
    ["collaboration", "bots", 0],
  ],
  [mattermost("IncomingWebhook"), "acme-collaboration-webhook-Alerts", ["collaboration", "webhooks", 0]],
  [mattermost("Team"), "acme-collaboration-team", ["collaboration"]],
  [coder("Template"), "acme-workspaces-template-shell", ["workspaces", "templates", 0]],
  [coder("Group"), "acme-workspaces-group-payments", ["teams", 0]],
  [gitea("Organization"), "acme-source-control-organization", ["sourceControl"]],
  [gitea("Team"), "acme-source-control-team-payments", ["teams", 0]],
  [gitea("Team"), "acme-source-control-team-payments-write", ["teams", 0]],
  [gitea("Team"), "acme-source-control-team-payments-eu", ["teams", 1]],
  [gitea("Repository"), "acme-source-control-repository-web-file", ["sourceControl", "repositories", 1]],
  [
    gitea("RepositoryFile"),
    "acme-source-control-repository-web-file-a/b.md",
    ["sourceControl", "repositories", 0],
  ],
  [
    gitea("RepositoryFile"),
    "acme-source-control-repository-web-file-file-a",
    ["sourceControl", "repositories", 1],
  ],
  [gitea("Webhook"), "acme-source-control-repository-web-webhook-h-1", ["sourceControl", "repositories", 0]],
  ["keycloak:index/group:Group", "acme-team-payments", ["teams", 0]],
  ["keycloak:openid/client:Client", "acme-client-portal", ["identity", "portal"]],
  [
    "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper",
    "acme-client-mobile-audience",
    ["identity", "clients", 0],
  ],
  [
    "keycloak:oidc/identityProvider:IdentityProvider",
    "acme-idp-github",
    ["identity", "identityProviders", 0],
  ],
  ["pulumi-nodejs:dynamic/twenty:Company", "acme-crm-company", ["crm"]],
])("%s %s is at its entry", (type, name, path) => {
  expect(of(type, name)).toEqual(path);
});

test.each([
  ["somebody who isn't in the file", "keycloak:index/user:User", "acme-user-mary-ann"],
  ["a name that others' names begin with", mattermost("User"), "acme-collaboration-user-jane"],
  [
    "the profile that all people have",
    "keycloak:index/realmUserProfile:RealmUserProfile",
    "acme-user-profile",
  ],
  ["the realm", "keycloak:index/realm:Realm", "acme-realm"],
  ["a role", "keycloak:index/role:Role", "acme-role-developer"],
  ["a role's team", gitea("Team"), "acme-source-control-role-developer"],
  ["a channel that isn't declared any more", mattermost("Channel"), "acme-collaboration-channel-old"],
  ["another tenant's", "keycloak:index/user:User", "acme2-user-ann"],
  ["the component", "tenantry:index:Collaboration", "acme-collaboration"],
  ["the stack", "pulumi:pulumi:Stack", "tenantry-local.acme"],
])("%s comes from no entry", (_what, type, name) => {
  expect(of(type, name)).toBeUndefined();
});
