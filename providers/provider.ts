import { serve, type Provider } from "./serve.ts";

/**
 * Every kind of dynamic resource. States hold these names for ever (see dynamic.ts): rename files, not kinds.
 * Credentials come from the environment of the provider's process.
 */
const kinds: Readonly<Record<string, () => Promise<Provider>>> = {
  "coder/Group": async () => serve((await import("./coder/group-implementation.ts")).configure(process.env)),
  "coder/Organization": async () =>
    serve((await import("./coder/organization-implementation.ts")).configure(process.env)),
  "coder/Template": async () =>
    serve((await import("./coder/template-implementation.ts")).configure(process.env)),
  "coder/User": async () => serve((await import("./coder/user-implementation.ts")).configure(process.env)),
  "coder/Workspace": async () =>
    serve((await import("./coder/workspace-implementation.ts")).configure(process.env)),

  "gitea/DeployKey": async () =>
    serve((await import("./gitea/deploy-key-implementation.ts")).configure(process.env)),
  "gitea/LocationTarget": async () =>
    serve((await import("./gitea/location-target-implementation.ts")).configure(process.env)),
  "gitea/Organization": async () =>
    serve((await import("./gitea/organization-implementation.ts")).configure(process.env)),
  "gitea/Repository": async () =>
    serve((await import("./gitea/repository-implementation.ts")).configure(process.env)),
  "gitea/RepositoryFile": async () =>
    serve((await import("./gitea/repository-file-implementation.ts")).configure(process.env)),
  "gitea/Team": async () => serve((await import("./gitea/team-implementation.ts")).configure(process.env)),
  "gitea/TeamMember": async () =>
    serve((await import("./gitea/team-member-implementation.ts")).configure(process.env)),
  "gitea/User": async () => serve((await import("./gitea/user-implementation.ts")).configure(process.env)),
  "gitea/Webhook": async () =>
    serve((await import("./gitea/webhook-implementation.ts")).configure(process.env)),

  "keycloak/PasswordReset": async () =>
    serve((await import("./keycloak/password-reset-implementation.ts")).configure(process.env)),

  "mail/Invitation": async () =>
    serve((await import("./mail/invitation-implementation.ts")).configure(process.env)),

  "mattermost/Bot": async () =>
    serve((await import("./mattermost/bot-implementation.ts")).configure(process.env)),
  "mattermost/Channel": async () =>
    serve((await import("./mattermost/channel-implementation.ts")).configure(process.env)),
  "mattermost/ChannelMember": async () =>
    serve((await import("./mattermost/channel-member-implementation.ts")).configure(process.env)),
  "mattermost/IncomingWebhook": async () =>
    serve((await import("./mattermost/incoming-webhook-implementation.ts")).configure(process.env)),
  "mattermost/Team": async () =>
    serve((await import("./mattermost/team-implementation.ts")).configure(process.env)),
  "mattermost/TeamMember": async () =>
    serve((await import("./mattermost/team-member-implementation.ts")).configure(process.env)),
  "mattermost/User": async () =>
    serve((await import("./mattermost/user-implementation.ts")).configure(process.env)),
  "postgresql/Login": async () =>
    serve((await import("./postgresql/login-implementation.ts")).configure(process.env)),
  "postgresql/Migrations": async () =>
    serve((await import("./postgresql/migrations-implementation.ts")).configure(process.env)),
  "postgresql/Privileges": async () =>
    serve((await import("./postgresql/privileges-implementation.ts")).configure(process.env)),
  "tenantry/Password": async () =>
    serve((await import("./tenantry/password-implementation.ts")).implementation),

  "tfe/Notification": async () =>
    serve((await import("./tfe/notification-implementation.ts")).configure(process.env)),

  "twenty/Company": async () =>
    serve((await import("./twenty/company-implementation.ts")).configure(process.env)),
  "twenty/Person": async () =>
    serve((await import("./twenty/person-implementation.ts")).configure(process.env)),
  "twenty/WorkspaceMember": async () =>
    serve((await import("./twenty/workspace-member-implementation.ts")).configure(process.env)),
};

/** The provider of one kind of resource: what the stub in the state calls. */
export async function provider(kind: string): Promise<Provider> {
  const load = kinds[kind];
  if (load === undefined) throw new Error(`this version of tenantry knows no resource ${kind}`);
  return load();
}
