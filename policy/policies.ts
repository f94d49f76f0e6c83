import type { PolicyName } from "../schema/policy-names.ts";
import type { Policy } from "./policy.ts";
import { branchProtection } from "./policies/branch-protection.ts";
import { clientImplicitFlow } from "./policies/client-implicit-flow.ts";
import { clientPasswordGrant } from "./policies/client-password-grant.ts";
import { clientPkce } from "./policies/client-pkce.ts";
import { clientRedirectHttps } from "./policies/client-redirect-https.ts";
import { clientRedirectWildcard } from "./policies/client-redirect-wildcard.ts";
import { clientWebOrigins } from "./policies/client-web-origins.ts";
import { coderSiteRole } from "./policies/coder-site-role.ts";
import { databaseConnectionLimit } from "./policies/database-connection-limit.ts";
import { databaseGroupLogin } from "./policies/database-group-login.ts";
import { databaseLoginGroup } from "./policies/database-login-group.ts";
import { databasePublicConnect } from "./policies/database-public-connect.ts";
import { databasePublicRights } from "./policies/database-public-rights.ts";
import { databaseRoleAttributes } from "./policies/database-role-attributes.ts";
import { deployKeyReadOnly } from "./policies/deploy-key-read-only.ts";
import { externalPeopleExpire } from "./policies/external-people-expire.ts";
import { giteaAdministrator } from "./policies/gitea-administrator.ts";
import { identityProviderTrust } from "./policies/identity-provider-trust.ts";
import { mattermostAdministrator } from "./policies/mattermost-administrator.ts";
import { oneTimePassword } from "./policies/one-time-password.ts";
import { organizationVisibility } from "./policies/organization-visibility.ts";
import { protectedKinds } from "./policies/protected-kinds.ts";
import { realmBruteForce } from "./policies/realm-brute-force.ts";
import { realmDefaultRoles } from "./policies/realm-default-roles.ts";
import { realmPasswordPolicy } from "./policies/realm-password-policy.ts";
import { realmSelfRegistration } from "./policies/realm-self-registration.ts";
import { realmSessions } from "./policies/realm-sessions.ts";
import { realmSsl } from "./policies/realm-ssl.ts";
import { realmTokenLifetime } from "./policies/realm-token-lifetime.ts";
import { repositoryWebhook } from "./policies/repository-webhook.ts";
import { secretsHidden } from "./policies/secrets-hidden.ts";
import { stubOnly } from "./policies/stub-only.ts";
import { teamInviteOnly } from "./policies/team-invite-only.ts";
import { tenantInNames } from "./policies/tenant-in-names.ts";
import { webhookChannelLock } from "./policies/webhook-channel-lock.ts";

/** Every policy, by its name: what can be waived is what there is. */
const byName: Readonly<Record<PolicyName, Policy>> = {
  "database-public-connect": databasePublicConnect,
  "database-public-rights": databasePublicRights,
  "database-role-attributes": databaseRoleAttributes,
  "database-connection-limit": databaseConnectionLimit,
  "database-group-login": databaseGroupLogin,
  "database-login-group": databaseLoginGroup,
  "realm-brute-force": realmBruteForce,
  "realm-self-registration": realmSelfRegistration,
  "realm-password-policy": realmPasswordPolicy,
  "realm-sessions": realmSessions,
  "realm-token-lifetime": realmTokenLifetime,
  "realm-ssl": realmSsl,
  "realm-default-roles": realmDefaultRoles,
  "client-redirect-wildcard": clientRedirectWildcard,
  "client-redirect-https": clientRedirectHttps,
  "client-implicit-flow": clientImplicitFlow,
  "client-password-grant": clientPasswordGrant,
  "client-pkce": clientPkce,
  "client-web-origins": clientWebOrigins,
  "identity-provider-trust": identityProviderTrust,
  "one-time-password": oneTimePassword,
  "team-invite-only": teamInviteOnly,
  "mattermost-administrator": mattermostAdministrator,
  "webhook-channel-lock": webhookChannelLock,
  "coder-site-role": coderSiteRole,
  "organization-visibility": organizationVisibility,
  "gitea-administrator": giteaAdministrator,
  "repository-webhook": repositoryWebhook,
  "deploy-key-read-only": deployKeyReadOnly,
  "branch-protection": branchProtection,
  "external-people-expire": externalPeopleExpire,
  "tenant-in-names": tenantInNames,
  "protected-kinds": protectedKinds,
  "stub-only": stubOnly,
  "secrets-hidden": secretsHidden,
};

/** Every policy, in the order in which people read of them. */
export const policies: readonly Policy[] = Object.values(byName);
