import { Failure } from "../../report/failure.ts";

interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

interface Rule {
  readonly when: RegExp;
  readonly explain: (found: RegExpExecArray) => Explanation;
}

const rules: readonly Rule[] = [
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
    when: /x509|tls: |certificate/i,
    explain: () => ({
      code: "certificate-untrusted",
      message: "Keycloak's certificate is not trusted",
      fix: "add its authority's certificate to the system's store, or mend the address",
    }),
  },
  {
    when: /connection refused|connection reset by peer|broken pipe|: EOF\b|no such host|context deadline exceeded|i\/o timeout|Client\.Timeout|network is unreachable/,
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

/**
 * Explains a message of the Keycloak plugin, of the official one and of the one built from source. Undefined when it says
 * nothing that we know: hand in only what came from a resource or provider of `keycloak:`.
 */
export function explainKeycloak(text: string): Failure | undefined {
  for (const { when, explain } of rules) {
    const found = when.exec(text);
    if (found === null) continue;
    const { code, message, fix } = explain(found);
    return new Failure(code, message, { system: "Keycloak", fix, cause: text });
  }
  return undefined;
}
