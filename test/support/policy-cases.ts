import { realmArgs } from "../../components/identity/realm.ts";
import { noPrivileges } from "../../providers/postgresql/privileges-inputs.ts";
import { stub } from "../../providers/stub.ts";
import type { PolicyName } from "../../schema/policy-names.ts";
import type { Registered } from "./policy-project.ts";

/** A resource that one policy, and no other, complains about; and the same as it should be. */
export interface PolicyCase {
  readonly policy: PolicyName;
  /** What the message says. */
  readonly says: RegExp;
  readonly bad: Registered;
  readonly good: Registered;
}

/** The tenant that all of them belong to. */
export const tenantFile = `version: 1
id: hooli
name: Hooli
plan: basic
domains: [hooli.example]
users:
  - { email: gavin@hooli.example, firstName: Gavin, lastName: Belson, role: tenant_admin }
  - { email: nelson@elsewhere.example, firstName: Nelson, lastName: Bighetti, role: developer }
  - { email: jared@elsewhere.example, firstName: Jared, lastName: Dunn, role: developer, expires: 2090-12-31 }
identity:
  allowedEmailDomains: [hooli.example, elsewhere.example]
`;

const dynamic = (kind: string): string => `pulumi-nodejs:dynamic/${kind}`;
type Inputs = Registered["inputs"];
type More = Partial<Registered>;

const database = (inputs: Inputs, more: More = {}): More & Omit<Registered, "name"> => ({
  type: "postgresql:index/database:Database",
  inputs: { name: "hooli", owner: "hooli_owner", connectionLimit: 20, ...inputs },
  protect: true,
  ...more,
});
const role = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: "postgresql:index/role:Role",
  inputs: { name: "hooli_auditor", login: false, ...inputs },
});
const login = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("postgresql:Login"),
  inputs: {
    name: "hooli_gavin",
    database: "hooli",
    group: "hooli_developer",
    enabled: true,
    connectionLimit: -1,
    attributes: [],
    comment: "tenantry: tenant hooli",
    ...inputs,
  },
  secretOutputs: ["password"],
});
const privileges = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("postgresql:Privileges"),
  inputs: {
    database: "hooli",
    owner: "hooli_owner",
    grantee: "PUBLIC",
    ...noPrivileges(),
    ...inputs,
  },
});
const realm = (inputs: Inputs = {}, more: More = {}): Omit<Registered, "name"> => ({
  type: "keycloak:index/realm:Realm",
  inputs: { ...realmArgs({ realm: "hooli", tenant: "hooli" }), ...inputs },
  protect: true,
  ...more,
});
const client = (inputs: Inputs = {}): Omit<Registered, "name"> => ({
  type: "keycloak:openid/client:Client",
  inputs: {
    realmId: "hooli",
    clientId: "portal",
    accessType: "CONFIDENTIAL",
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    pkceCodeChallengeMethod: "S256",
    validRedirectUris: ["https://portal.hooli.example/*", "http://localhost:3000/*"],
    webOrigins: ["+"],
    ...inputs,
  },
  secretOutputs: ["clientSecret"],
});
const provider = (inputs: Inputs = {}): Omit<Registered, "name"> => ({
  type: "keycloak:oidc/identityProvider:IdentityProvider",
  inputs: {
    realm: "hooli",
    alias: "oidc",
    clientId: "hooli",
    clientSecret: "not in clear",
    authorizationUrl: "https://sso.hooli.example/authorize",
    tokenUrl: "https://sso.hooli.example/token",
    validateSignature: true,
    storeToken: false,
    ...inputs,
  },
  secrets: ["clientSecret"],
});
const account = (name: string, inputs: Inputs = {}): Registered => ({
  type: "keycloak:index/user:User",
  name,
  inputs: {
    realmId: "hooli",
    username: name.replace("hooli-user-", ""),
    initialPassword: { value: "not in clear", temporary: true },
    ...inputs,
  },
  secrets: ["initialPassword"],
});
const mattermostUser = (inputs: Inputs = {}): Omit<Registered, "name"> => ({
  type: dynamic("mattermost:User"),
  inputs: {
    username: "hooli_gavin",
    email: "gavin@hooli.example",
    firstName: "Gavin",
    lastName: "Belson",
    mark: "tenantry: tenant hooli",
    ...inputs,
  },
  secretOutputs: ["password"],
});
const coderUser = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("coder:User"),
  inputs: {
    tenant: "hooli",
    username: "hooli-gavin",
    email: "gavin@hooli.example",
    name: "Gavin Belson",
    ...inputs,
  },
  secretOutputs: ["password"],
});
const giteaUser = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("gitea:User"),
  inputs: {
    username: "hooli_gavin",
    email: "gavin@hooli.example",
    fullName: "Gavin Belson",
    mark: "tenantry: tenant hooli",
    ...inputs,
  },
  secretOutputs: ["password"],
});
const repository = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("gitea:Repository"),
  inputs: { organization: "hooli", name: "box", defaultBranch: "main", ...inputs },
  protect: true,
});
const webhook = (inputs: Inputs): Omit<Registered, "name"> => ({
  type: dynamic("gitea:Webhook"),
  inputs: { repository: "hooli/box", events: ["push"], url: "https://ci.hooli.example/hook", ...inputs },
  secretOutputs: ["secret", "url"],
});
const reset = (more: More): Omit<Registered, "name"> => ({
  type: dynamic("keycloak:PasswordReset"),
  inputs: { realm: "hooli", user: "an id", password: "123" },
  ...more,
});

type Unnamed = Omit<Registered, "name"> & { readonly name?: string };

/** Names the two resources after the policy, where they have no name of their own. */
const of = (policy: PolicyName, says: RegExp, bad: Unnamed, good: Unnamed): PolicyCase => ({
  policy,
  says,
  bad: { name: `${policy}-bad`, ...bad },
  good: { name: `${policy}-good`, ...good },
});

export const policyCases: readonly PolicyCase[] = [
  of(
    "database-public-connect",
    /PUBLIC has CONNECT on the database/,
    privileges({ onDatabase: ["CONNECT"] }),
    privileges({ grantee: "hooli_developer", onDatabase: ["CONNECT"] }),
  ),
  of(
    "database-public-rights",
    /PUBLIC has SELECT on table applications/,
    privileges({ tables: { applications: ["SELECT"] } }),
    privileges({ grantee: "hooli_auditor", tables: { applications: ["SELECT"] } }),
  ),
  of("database-role-attributes", /attribute superuser/, role({ superuser: true }), role({})),
  of(
    "database-connection-limit",
    /connection limit is 501/,
    database({ connectionLimit: 501 }),
    database({ connectionLimit: 500 }),
  ),
  of("database-group-login", /can log in/, role({ login: true }), role({ login: false })),
  of("database-login-group", /role hooli_owner/, login({ group: "hooli_owner" }), login({})),
  of(
    "realm-brute-force",
    /50 failed sign-ins/,
    realm({
      securityDefenses: { bruteForceDetection: { maxLoginFailures: 50, maxFailureWaitSeconds: 900 } },
    }),
    realm(),
  ),
  of("realm-self-registration", /can register/, realm({ registrationAllowed: true }), realm()),
  of(
    "realm-password-policy",
    /password of 8 characters/,
    realm({ passwordPolicy: "length(8) and notUsername(undefined) and notEmail(undefined)" }),
    realm({ passwordPolicy: "length(10) and notUsername(undefined) and notEmail(undefined)" }),
  ),
  of(
    "realm-sessions",
    /lasts 5 hours without activity/,
    realm({ ssoSessionIdleTimeout: "5h0m0s" }),
    realm({ ssoSessionIdleTimeout: "4h0m0s" }),
  ),
  of(
    "realm-token-lifetime",
    /valid for 60 minutes/,
    realm({ accessTokenLifespan: "1h0m0s" }),
    realm({ accessTokenLifespan: "15m0s" }),
  ),
  of("realm-ssl", /TLS is required for none/, realm({ sslRequired: "none" }), realm({ sslRequired: "all" })),
  of(
    "realm-default-roles",
    /every account has offline_access/,
    {
      type: "keycloak:index/defaultRoles:DefaultRoles",
      inputs: { realmId: "hooli", defaultRoles: ["offline_access"] },
    },
    { type: "keycloak:index/defaultRoles:DefaultRoles", inputs: { realmId: "hooli", defaultRoles: [] } },
  ),
  of(
    "client-redirect-wildcard",
    /sent back to https:\/\/\*\.hooli\.example/,
    client({ validRedirectUris: ["https://*.hooli.example/cb"] }),
    client(),
  ),
  of(
    "client-redirect-https",
    /sent back to http:\/\/portal/,
    client({ validRedirectUris: ["http://portal.hooli.example/cb"] }),
    client(),
  ),
  of("client-implicit-flow", /implicit flow/, client({ implicitFlowEnabled: true }), client()),
  of(
    "client-password-grant",
    /takes people's passwords/,
    client({ directAccessGrantsEnabled: true }),
    client(),
  ),
  of("client-pkce", /PKCE plain/, client({ pkceCodeChallengeMethod: "plain" }), client()),
  of(
    "client-web-origins",
    /scripts of \* are let in/,
    client({ webOrigins: ["*"] }),
    client({ webOrigins: ["https://portal.hooli.example"] }),
  ),
  of(
    "identity-provider-trust",
    /signatures aren't checked/,
    provider({ validateSignature: false }),
    provider(),
  ),
  of(
    "one-time-password",
    /first password stays/,
    account("hooli-user-hooli", { initialPassword: { value: "not in clear", temporary: false } }),
    account("hooli-user-gavin"),
  ),
  of(
    "team-invite-only",
    /can join/,
    {
      type: dynamic("mattermost:Team"),
      inputs: { name: "hooli", displayName: "Hooli", mark: "tenantry: tenant hooli", openInvite: true },
      protect: true,
    },
    {
      type: dynamic("mattermost:Team"),
      inputs: { name: "hooli", displayName: "Hooli", mark: "tenantry: tenant hooli" },
      protect: true,
    },
  ),
  of(
    "mattermost-administrator",
    /administers the whole server/,
    mattermostUser({ systemAdmin: true }),
    mattermostUser(),
  ),
  of(
    "webhook-channel-lock",
    /any channel/,
    {
      type: dynamic("mattermost:IncomingWebhook"),
      inputs: { channel: "c", displayName: "Alerts", mark: "tenantry: tenant hooli", locked: false },
      secretOutputs: ["url"],
    },
    {
      type: dynamic("mattermost:IncomingWebhook"),
      inputs: { channel: "c", displayName: "Alerts", mark: "tenantry: tenant hooli", locked: true },
      secretOutputs: ["url"],
    },
  ),
  of(
    "coder-site-role",
    /has template-admin on the whole server/,
    coderUser({ roles: ["template-admin"] }),
    coderUser({ roles: [] }),
  ),
  of(
    "organization-visibility",
    /everybody can see/,
    {
      type: dynamic("gitea:Organization"),
      inputs: { name: "hooli", fullName: "Hooli", mark: "tenantry: tenant hooli", visibility: "public" },
      protect: true,
    },
    {
      type: dynamic("gitea:Organization"),
      inputs: { name: "hooli", fullName: "Hooli", mark: "tenantry: tenant hooli", visibility: "limited" },
      protect: true,
    },
  ),
  of(
    "gitea-administrator",
    /administers the whole server/,
    giteaUser({ admin: true }),
    giteaUser({ admin: false }),
  ),
  of(
    "repository-webhook",
    /address isn't https/,
    webhook({ url: "http://ci.hooli.example/hook" }),
    webhook({ url: "http://localhost:8080/hook" }),
  ),
  of(
    "deploy-key-read-only",
    /may push/,
    {
      type: dynamic("gitea:DeployKey"),
      inputs: { repository: "hooli/box", title: "ci", key: `ssh-ed25519 ${"A".repeat(68)}`, readOnly: false },
    },
    {
      type: dynamic("gitea:DeployKey"),
      inputs: { repository: "hooli/box", title: "ci", key: `ssh-ed25519 ${"A".repeat(68)}`, readOnly: true },
    },
  ),
  of(
    "branch-protection",
    /can push to main/,
    repository({ branchProtection: { branch: "release/*", approvals: 1 } }),
    repository({ branchProtection: { branch: "main", approvals: 1 } }),
  ),
  of(
    "external-people-expire",
    /nelson@elsewhere\.example is external/,
    account("hooli-user-nelson"),
    account("hooli-user-jared"),
  ),
  of(
    "tenant-in-names",
    /acme_auditor doesn't begin with hooli_/,
    role({ name: "acme_auditor" }),
    role({ name: "hooli_auditor" }),
  ),
  of("protected-kinds", /isn't protected/, realm({}, { protect: false }), realm({}, { protect: true })),
  of(
    "stub-only",
    /code of its own/,
    {
      type: dynamic("tenantry:Password"),
      inputs: { length: 24 },
      secretOutputs: ["password"],
      code: `${stub("tenantry/Password")}// and more`,
    },
    { type: dynamic("tenantry:Password"), inputs: { length: 24 }, secretOutputs: ["password"] },
  ),
  of("secrets-hidden", /password is in clear/, reset({}), reset({ secrets: ["password"] })),
];
