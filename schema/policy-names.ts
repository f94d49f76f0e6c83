/**
 * The names of the policies in `policy/policies/`, for waivers to name: the schema knows of policies no more than that. A
 * name is for ever, like a field of the file.
 */
export const policyNames = [
  "database-public-connect",
  "database-public-rights",
  "database-role-attributes",
  "database-connection-limit",
  "database-group-login",
  "database-login-group",
  "realm-brute-force",
  "realm-self-registration",
  "realm-password-policy",
  "realm-sessions",
  "realm-token-lifetime",
  "realm-ssl",
  "realm-default-roles",
  "client-redirect-wildcard",
  "client-redirect-https",
  "client-implicit-flow",
  "client-password-grant",
  "client-pkce",
  "client-web-origins",
  "identity-provider-trust",
  "one-time-password",
  "team-invite-only",
  "mattermost-administrator",
  "webhook-channel-lock",
  "coder-site-role",
  "organization-visibility",
  "gitea-administrator",
  "repository-webhook",
  "deploy-key-read-only",
  "branch-protection",
  "external-people-expire",
  "tenant-in-names",
  "protected-kinds",
  "stub-only",
  "secrets-hidden",
] as const;

export type PolicyName = (typeof policyNames)[number];
