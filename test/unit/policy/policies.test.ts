import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { policies } from "../../../policy/policies.ts";
import { policiesPage } from "../../../policy/policies-page.ts";
import type { Policy } from "../../../policy/policy.ts";
import { postgresql, systemOf } from "../../../policy/types.ts";
import { policyNames } from "../../../schema/policy-names.ts";
import { policyCases } from "../../support/policy-cases.ts";
import { examined, hooli } from "./examined.ts";

const root = new URL("../../../", import.meta.url).pathname;
const find = (name: string): Policy => {
  const policy = policies.find((each) => each.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return policy;
};

test("what can be waived is what there is, and each has a file of its own", () => {
  expect(policies.map(({ name }) => name)).toEqual(policyNames);
  for (const { name } of policies) {
    expect(readFileSync(`${root}policy/policies/${name}.ts`, "utf8")).toContain(`name: "${name}"`);
  }
});

test("docs/policies.md is what `npm run generate` writes, and has them all", () => {
  const page = policiesPage();
  expect(readFileSync(`${root}docs/policies.md`, "utf8")).toBe(page);
  for (const { name } of policies) expect(page.split(`| \`${name}\`, `)).toHaveLength(2);
});

test.each(policies)("$name says why, and what to do, in a form that reaches people whole", (policy) => {
  expect(policy.demand).toMatch(/^[^.]+[^. ]$/);
  expect(policy.reason).toMatch(/^[A-Z].*\.$/);
  expect(policy.remedy).toMatch(/^[a-z].*[^.]$/s);
  expect(`${policy.reason}${policy.remedy}`).not.toMatch(/Fix:|\[/);
});

describe.each(policyCases)("$policy", ({ policy, says, bad, good }) => {
  test("finds what is wrong, and nobody else does", () => {
    const found = policies.flatMap((each) =>
      each.examine(examined(bad), hooli).map((text) => [each.name, text]),
    );
    expect(found).toEqual([[policy, expect.stringMatching(says)]]);
  });

  test("finds nothing in what is right", () => {
    expect(policies.flatMap((each) => each.examine(examined(good), hooli))).toEqual([]);
  });

  test("repeats no secret", () => {
    const secrets = (bad.secrets ?? []).map((name) => JSON.stringify(bad.inputs[name]));
    const text = find(policy).examine(examined(bad), hooli).join();
    for (const secret of [...secrets, "123", "/hook"]) expect(text).not.toContain(secret);
  });
});

/** Everything else that a policy can find: the inputs of a bad resource of the cases, with this instead. */
const more: readonly (readonly [string, object, readonly unknown[]])[] = [
  ["database-public-connect", { grantee: "public" }, ["PUBLIC has CONNECT on the database"]],
  ["database-connection-limit", { connectionLimit: -1 }, ["the number of connections has no limit"]],
  ["database-connection-limit", { connectionLimit: undefined }, ["the number of connections has no limit"]],
  ["database-connection-limit", { connectionLimit: "many" }, ["connectionLimit can't be understood"]],
  ["database-group-login", { login: false, password: "x" }, ["the role has a password"]],
  [
    "database-role-attributes",
    { superuser: false, createRole: true, createDatabase: true, replication: true, attributes: ["CREATEDB"] },
    ["createRole", "createDatabase", "replication", "CREATEDB"].map(
      (name) => `the role has the attribute ${name}`,
    ),
  ],
  ["database-login-group", { group: "acme_developer" }, ["the login is in the role acme_developer"]],
  ["database-login-group", { group: "hooli_developer, hooli_auditor" }, [expect.stringContaining("auditor")]],
  ["realm-brute-force", { securityDefenses: {} }, ["the realm doesn't notice guessing"]],
  ["realm-brute-force", { securityDefenses: undefined }, ["the realm doesn't notice guessing"]],
  [
    "realm-brute-force",
    { securityDefenses: { bruteForceDetection: { maxLoginFailures: 3, maxFailureWaitSeconds: 5 } } },
    ["an account is locked for 5 s"],
  ],
  [
    "realm-self-registration",
    { registrationAllowed: false, editUsernameAllowed: true },
    ["people can change their username"],
  ],
  [
    "realm-password-policy",
    { passwordPolicy: "" },
    [
      "passwords can be of any length",
      "the username will do as password",
      "the e-mail address will do as password",
    ],
  ],
  [
    "realm-password-policy",
    { passwordPolicy: undefined },
    [expect.anything(), expect.anything(), expect.anything()],
  ],
  [
    "realm-sessions",
    { ssoSessionIdleTimeout: "30m0s", ssoSessionMaxLifespan: "168h0m0s", rememberMe: true },
    ["a session lasts 168 hours", "a session outlives the browser"],
  ],
  ["realm-sessions", { ssoSessionIdleTimeout: "for ever" }, ["ssoSessionIdleTimeout can't be understood"]],
  ["realm-token-lifetime", { accessTokenLifespan: "15m1s" }, [expect.stringMatching(/valid for 15\.0/)]],
  ["client-redirect-wildcard", { validRedirectUris: ["*"] }, ["people are sent back to *"]],
  [
    "client-redirect-wildcard",
    { validRedirectUris: ["https://hooli.example*"] },
    ["people are sent back to https://hooli.example*"],
  ],
  [
    "client-redirect-wildcard",
    { validRedirectUris: [], validPostLogoutRedirectUris: ["*"] },
    ["people are sent back to *"],
  ],
  [
    "client-redirect-https",
    { validRedirectUris: ["http://localhost.evil.example/"] },
    ["people are sent back to http://localhost.evil.example/"],
  ],
  [
    "client-password-grant",
    { directAccessGrantsEnabled: false, serviceAccountsEnabled: true },
    ["the client has an account of its own"],
  ],
  ["client-pkce", { pkceCodeChallengeMethod: undefined }, ["the client uses no PKCE"]],
  [
    "identity-provider-trust",
    { validateSignature: true, trustEmail: true, storeToken: true, tokenUrl: "http://sso.hooli.example" },
    ["addresses that it names are believed", "its tokens are kept", "tokenUrl isn't https"],
  ],
  [
    "gitea-administrator",
    { admin: false, restricted: false },
    ["the account sees every organization that isn't private"],
  ],
  ["branch-protection", { branchProtection: undefined }, ["whoever writes can push to main"]],
  [
    "branch-protection",
    { branchProtection: { branch: "main", approvals: 0 } },
    ["pull requests to main need no approval"],
  ],
  ["branch-protection", { archived: true }, []],
  [
    "database-public-rights",
    { tables: {}, onSchema: ["USAGE"], functions: { f: ["EXECUTE"] }, onLaterTables: ["SELECT"] },
    [
      "PUBLIC has USAGE on schema public",
      "PUBLIC has EXECUTE on function f",
      "PUBLIC has SELECT by onLaterTables",
    ],
  ],
];

test.each(more)("%s, given %j, finds %j", (name, inputs, found) => {
  const bad = policyCases.find(({ policy }) => policy === name)?.bad;
  if (bad === undefined) throw new Error(`no case for ${name}`);
  expect(find(name).examine(examined({ ...bad, inputs: { ...bad.inputs, ...inputs } }), hooli)).toEqual(
    found,
  );
});

test("a policy says nothing about what a preview doesn't know yet", () => {
  const { bad } = policyCases.find(({ policy }) => policy === "database-connection-limit") ?? {};
  if (bad === undefined) throw new Error("no case");
  const resource = { ...examined(bad), inputs: {}, unknown: new Set(["connectionLimit"]) };
  expect(find("database-connection-limit").examine(resource, hooli)).toEqual([]);
});

test("the official plugin's own grants to PUBLIC are found, too", () => {
  const grant = {
    type: postgresql.grant,
    name: "grant",
    inputs: { role: "public", objectType: "database", privileges: ["CONNECT"] },
  };
  expect(find("database-public-connect").examine(examined(grant), hooli)).toHaveLength(1);
  const onTable = { ...grant, inputs: { ...grant.inputs, objectType: "table" } };
  expect(find("database-public-connect").examine(examined(onTable), hooli)).toEqual([]);
});

test("what holds a destroyed tenant's data may go", () => {
  const realm = {
    ...examined({ type: "keycloak:index/realm:Realm", name: "r", inputs: {} }),
    protect: false,
  };
  const destroyed = {
    ...hooli,
    declared: hooli.declared && { ...hooli.declared, status: "destroyed" as const },
  };
  expect(find("protected-kinds").examine(realm, hooli)).toHaveLength(1);
  expect(find("protected-kinds").examine(realm, destroyed)).toEqual([]);
});

test("external people without an account in the realm are told of at their next account, once", () => {
  const { declared } = hooli;
  if (declared === undefined) throw new Error("not declared");
  const users = declared.users.map((user) => ({ ...user, services: { identity: false } }));
  const tenant = { ...hooli, declared: { ...declared, users } };
  const of = (type: string, name: string): readonly string[] =>
    find("external-people-expire").examine(examined({ type, name, inputs: {} }), tenant);
  expect(of("keycloak:index/user:User", "hooli-user-nelson")).toEqual([]);
  expect(of(postgresql.login, "hooli-login-nelson")).toHaveLength(1);
  expect(of("pulumi-nodejs:dynamic/mattermost:User", "hooli-collaboration-user-nelson")).toEqual([]);
  const without = { ...tenant, declared: { ...declared, users, domains: [] } };
  expect(
    find("external-people-expire").examine(
      examined({ type: postgresql.login, name: "hooli-login-nelson", inputs: {} }),
      without,
    ),
  ).toEqual([]);
});

test.each([
  ["keycloak:index/realm:Realm", "Keycloak"],
  ["pulumi-nodejs:dynamic/gitea:User", "Gitea"],
  ["tenantry:index:Tenant", "Tenantry"],
])("%s is of %s", (type, system) => {
  expect(systemOf(type)).toBe(system);
});
