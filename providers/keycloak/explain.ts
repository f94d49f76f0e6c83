import { certificateRefused, explainBy, type MessageRule, noAnswer } from "../message-rules.ts";

const rules: readonly MessageRule[] = [
  {
    when: /POST request to \S*\/admin\/realms: 409/,
    explain: () => ({
      code: "realm-not-ours",
      message: "the realm exists and is not ours",
      fix: "give the tenant another realm name (identity.realm); taking over a realm is not possible yet",
    }),
  },
  {
    when: /\/admin\/realms\/([^/\s]+)\/users: 409.*same email/s,
    explain: ([, realm]) => ({
      code: "email-taken",
      message: `another account of realm ${realm} has this e-mail address`,
      fix: "remove that account, or, when a person's username changes, remove the person in one up and add them in the next",
    }),
  },
  {
    when: /\/admin\/realms\/([^/\s]+)\/(users|groups|roles|clients|identity-provider\/instances)\S*: 409/,
    explain: ([, realm, kind]) => ({
      code: "account-not-ours",
      message: `realm ${realm} has ${nouns[kind ?? ""] ?? "a thing"} of that name already, and it is not ours`,
      fix: "remove what was made by hand in Keycloak's admin console, or choose another name in the tenant's file",
    }),
  },
  {
    when: /\/admin\/realms\/([^/\s]+)\/users\S*: 400.*error-pattern-no-match/s,
    explain: ([, realm]) => ({
      code: "email-not-allowed",
      message: `a person's e-mail address is in none of the domains that realm ${realm} allows`,
      fix: "add the domain to identity.allowedEmailDomains, or mend the address",
    }),
  },
  {
    when: /openid-connect\/token: 40[01]/,
    explain: () => ({
      code: "wrong-password",
      message: "Keycloak does not let the administrator in",
      fix: "check KEYCLOAK_USER and KEYCLOAK_PASSWORD, or KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET",
    }),
  },
  {
    when: /\/realms\/[^\s:]+openid-connect\/token: 404/,
    explain: () => ({
      code: "not-keycloak",
      message: "no Keycloak answers at the environment's address",
      fix: "check keycloak.url in the environment's file: an old server needs /auth at its end",
    }),
  },
  {
    when: /(GET|POST|PUT|DELETE) request to \S*\/admin\/\S*: 403/,
    explain: ([, method]) => ({
      code: "missing-privilege",
      message: `Keycloak's administrator may not ${method === "GET" ? "read" : "change"} this`,
      fix: "give it the role admin of the realm master",
    }),
  },
  {
    when: certificateRefused,
    explain: () => ({
      code: "certificate-untrusted",
      message: "Keycloak's certificate is not trusted",
      fix: "add its authority's certificate to the system's store, or mend the address",
    }),
  },
  {
    when: noAnswer,
    explain: () => ({
      code: "server-unreachable",
      message: "Keycloak does not answer",
      fix: "check that the server runs and that the address is right; the local one starts with: npx tenantry local up",
    }),
  },
];

const nouns: Readonly<Record<string, string>> = {
  users: "an account",
  groups: "a group",
  roles: "a role",
  clients: "a client",
  "identity-provider/instances": "an identity provider",
};

/** Explains a message of the plugin for Keycloak. */
export const explainKeycloak = explainBy(rules, "Keycloak");
