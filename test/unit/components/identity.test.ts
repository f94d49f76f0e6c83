import { beforeEach, describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Identity, type IdentityArgs } from "../../../components/identity.ts";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

let registered: Registered[] = [];
const options = new Map<string, pulumi.ResourceOptions>();

await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs, id }) => {
    registered.push({ type, name, inputs: inputs as Registered["inputs"] });
    const made = type.endsWith(":Password")
      ? { password: pulumi.secret(`password of ${name}`) }
      : { clientSecret: pulumi.secret("client secret") };
    return {
      id: id === undefined || id === "" ? `id of ${name}` : id,
      state: { ...made, ...(inputs as object) },
    };
  },
  call: () => ({}),
});

const url = "https://id.example.com";
const name = { firstName: "First", lastName: "Last" };
const ada = { ...name, username: "ada", email: "ada@acme.example", role: "tenant_admin" } as const;
const bob = { ...name, username: "bob", email: "bob@acme.example", role: "developer" } as const;

/** Declares an Identity named acme and gives what it registered, by name. */
async function declare(args: Partial<IdentityArgs> = {}): Promise<{
  readonly identity: Identity;
  readonly inputs: (resource: string) => Registered["inputs"];
}> {
  registered = [];
  options.clear();
  const look: pulumi.ResourceTransformation = ({ type, name: each, opts }) => {
    options.set(`${type} ${each}`, opts);
    return undefined;
  };
  const identity = new Identity("acme", { url, ...args }, { transformations: [look] });
  await settled();
  return {
    identity,
    inputs: (resource) => {
      const found = registered.filter((each) => each.name === resource);
      if (found.length === 0)
        throw new Error(`${resource} is not among ${registered.map((each) => each.name).join()}`);
      return Object.assign({}, ...found.map((each) => each.inputs)) as Registered["inputs"];
    },
  };
}

/** Resources are registered a few turns of the event loop after their constructors return. */
async function settled(): Promise<void> {
  for (let before = -1; before !== registered.length;) {
    before = registered.length;
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
const names = (type: string): string[] =>
  registered.filter((each) => each.type === type).map((each) => each.name);
const optionsOf = (resource: string): pulumi.CustomResourceOptions => options.get(resource) ?? {};

describe("without more than an address", () => {
  let inputs: Awaited<ReturnType<typeof declare>>["inputs"];
  let identity: Identity;
  beforeEach(async () => {
    ({ inputs, identity } = await declare());
  });

  test("it is a realm with four roles, named after the component, and nothing else", () => {
    expect(registered.map((each) => each.name).sort()).toEqual([
      "acme",
      "acme-default-roles",
      "acme-realm",
      "acme-role-application_manager",
      "acme-role-auditor",
      "acme-role-developer",
      "acme-role-tenant_admin",
      "acme-user-profile",
    ]);
    expect(names("tenantry:index:Identity")).toEqual(["acme"]);
  });

  test("the realm is closed: every door that the plugin knows is named and shut", () => {
    expect(inputs("acme-realm")).toMatchObject({
      realm: "acme",
      enabled: true,
      attributes: { "tenantry.tenant": "acme" },
      registrationAllowed: false,
      resetPasswordAllowed: false,
      editUsernameAllowed: false,
      rememberMe: false,
      duplicateEmailsAllowed: false,
      sslRequired: "external",
      revokeRefreshToken: true,
      refreshTokenMaxReuse: 0,
      ssoSessionIdleTimeout: "30m0s",
      ssoSessionMaxLifespan: "10h0m0s",
      accessTokenLifespan: "5m0s",
      passwordPolicy:
        "length(12) and notUsername(undefined) and notEmail(undefined) and notContainsUsername(undefined) and passwordHistory(5)",
    });
    expect(inputs("acme-realm")["securityDefenses"]).toMatchObject({
      bruteForceDetection: { maxLoginFailures: 5, maxFailureWaitSeconds: 900, permanentLockout: false },
      headers: { xFrameOptions: "SAMEORIGIN" },
    });
    expect(inputs("acme-default-roles")).toMatchObject({ defaultRoles: [] });
  });

  test("its addresses follow from the realm", async () => {
    expect(await value(identity.issuer)).toBe("https://id.example.com/realms/acme");
    expect(await value(identity.accountConsole)).toBe("https://id.example.com/realms/acme/account");
    expect(identity.portal).toBeUndefined();
  });

  test("the realm is protected, and takes everything below with it", () => {
    expect(optionsOf("keycloak:index/realm:Realm acme-realm").protect).toBe(true);
    for (const role of ["keycloak:index/role:Role acme-role-auditor"]) {
      expect(optionsOf(role)).toMatchObject({ parent: identity });
      expect(optionsOf(role).deletedWith).toBeDefined();
    }
  });
});

test("a tenant marked for destruction may lose its realm; a suspended one is shut, with nothing lost", async () => {
  const { inputs } = await declare({ protectRealm: false, enabled: false, people: [ada] });
  expect(optionsOf("keycloak:index/realm:Realm acme-realm").protect).toBe(false);
  expect(inputs("acme-realm")["enabled"]).toBe(false);
  expect(inputs("acme-user-ada")["enabled"]).toBe(true);
});

test("settings reach the realm in the plugin's own notation", async () => {
  const { inputs } = await declare({
    realm: "acme-eu",
    displayName: "Acme Europe",
    tenant: "acme-id",
    passwordPolicy: { minLength: 16, history: 0, maxAgeDays: 90 },
    bruteForce: { maxFailures: 3, lockout: "30s" },
    sessions: { idle: "90s", max: "7d" },
    tokens: { access: "45s" },
  });
  expect(inputs("acme-realm")).toMatchObject({
    realm: "acme-eu",
    displayName: "Acme Europe",
    attributes: { "tenantry.tenant": "acme-id" },
    passwordPolicy:
      "length(16) and notUsername(undefined) and notEmail(undefined) and notContainsUsername(undefined) and forceExpiredPasswordChange(90)",
    ssoSessionIdleTimeout: "1m30s",
    ssoSessionMaxLifespan: "168h0m0s",
    accessTokenLifespan: "45s",
  });
  expect(inputs("acme-realm")["securityDefenses"]).toMatchObject({
    bruteForceDetection: { maxLoginFailures: 3, maxFailureWaitSeconds: 30, waitIncrementSeconds: 30 },
  });
  await expect(declare({ tokens: { access: "soon" } })).rejects.toThrow("soon is not a duration");
});

describe("a person", () => {
  test("has an account, one role beside what everybody has, and the declared teams", async () => {
    const { inputs } = await declare({
      teams: [{ id: "platform", name: "Platform team" }, { id: "qa" }],
      people: [{ ...ada, teams: ["qa"] }, bob],
    });
    expect(inputs("acme-team-platform")).toMatchObject({
      name: "platform",
      attributes: { displayName: "Platform team" },
    });
    expect(inputs("acme-user-ada")).toMatchObject({
      username: "ada",
      email: "ada@acme.example",
      emailVerified: true,
      firstName: "First",
      enabled: true,
    });
    expect(inputs("acme-user-ada-roles")).toMatchObject({
      exhaustive: true,
      roleIds: ["id of acme-default-roles", "id of acme-role-tenant_admin"],
    });
    expect(inputs("acme-user-bob-roles")["roleIds"]).toContain("id of acme-role-developer");
    expect(inputs("acme-user-ada-groups")).toMatchObject({
      exhaustive: true,
      groupIds: ["id of acme-team-qa"],
    });
    expect(inputs("acme-user-bob-groups")).toMatchObject({ exhaustive: true, groupIds: [] });
  });

  test("gets a password for one sign-in, a secret everywhere, long enough for the policy, never set again", async () => {
    const { identity, inputs } = await declare({ people: [ada], passwordPolicy: { minLength: 40 } });
    const oneTimePassword = identity.people["ada"]?.oneTimePassword;
    expect(oneTimePassword && (await value(oneTimePassword))).toBe("password of acme-user-ada-password");
    expect(oneTimePassword && (await pulumi.isSecret(oneTimePassword))).toBe(true);
    expect(inputs("acme-user-ada-password")).toMatchObject({ length: 40 });
    const initial = registered.find((each) => each.name === "acme-user-ada")?.inputs["initialPassword"];
    expect(JSON.stringify(initial)).toContain('"temporary":true');
    expect(optionsOf("keycloak:index/user:User acme-user-ada").ignoreChanges).toEqual([
      "initialPassword",
      "requiredActions",
      "federatedIdentities",
    ]);
  });

  test.each([
    ["2026-06-14", false],
    ["2026-06-15", true],
    ["2026-06-16", true],
  ])("whose last day is %s has on 2026-06-15 an account that is enabled: %s", async (expires, enabled) => {
    const { inputs } = await declare({ people: [{ ...ada, expires }, bob], today: "2026-06-15" });
    expect(inputs("acme-user-ada")["enabled"]).toBe(enabled);
    expect(inputs("acme-user-bob")["enabled"]).toBe(true);
  });

  test("without a clock given is measured by the machine's date", async () => {
    const { inputs } = await declare({
      people: [
        { ...ada, expires: "2020-01-01" },
        { ...bob, expires: "9999-12-31" },
      ],
    });
    expect([inputs("acme-user-ada")["enabled"], inputs("acme-user-bob")["enabled"]]).toEqual([false, true]);
  });

  test("in a team that nobody declared is a mistake", async () => {
    await expect(declare({ people: [{ ...ada, teams: ["nope"] }] })).rejects.toThrow(
      "team nope is not declared",
    );
  });
});

describe("e-mail domains", () => {
  const emailValidators = async (domains?: readonly string[]): Promise<unknown[]> => {
    const { inputs } = await declare(domains ? { allowedEmailDomains: [...domains] } : {});
    const attributes = inputs("acme-user-profile")["attributes"] as { name: string; validators: unknown[] }[];
    expect(attributes.map((each) => each.name)).toEqual(["username", "email", "firstName", "lastName"]);
    return attributes[1]?.validators ?? [];
  };

  test("are a pattern that only these domains match", async () => {
    const validators = await emailValidators(["acme.example", "acme.test"]);
    expect(validators).toContainEqual({
      name: "pattern",
      config: { pattern: String.raw`(?i)[^@\s]+@(?:acme\.example|acme\.test)` },
    });
  });

  test("are not restricted when none are named", async () => {
    expect(JSON.stringify(await emailValidators([]))).not.toContain("pattern");
    expect(JSON.stringify(await emailValidators())).not.toContain("pattern");
  });
});

describe("an application", () => {
  test("signs in by code and PKCE only; the portal keeps a secret, a public one has none", async () => {
    const { identity, inputs } = await declare({
      portal: { redirectUris: ["https://portal.acme.example/callback"] },
      clients: [{ id: "spa", type: "public", redirectUris: ["http://localhost:3000/*"] }],
    });
    const onlyCode = {
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      serviceAccountsEnabled: false,
      pkceCodeChallengeMethod: "S256",
    };
    expect(inputs("acme-client-portal")).toMatchObject({
      ...onlyCode,
      clientId: "portal",
      accessType: "CONFIDENTIAL",
      validRedirectUris: ["https://portal.acme.example/callback"],
    });
    expect(inputs("acme-client-spa")).toMatchObject({
      ...onlyCode,
      clientId: "spa",
      name: "spa",
      accessType: "PUBLIC",
    });
    expect(inputs("acme-client-portal-groups")).toMatchObject({ claimName: "groups", fullPath: false });
    expect(inputs("acme-client-spa-audience")).toMatchObject({ includedClientAudience: "spa" });
    expect(identity.clients["spa"]?.clientSecret).toBeUndefined();
    const secret = identity.portal?.clientSecret;
    expect(secret && (await pulumi.isSecret(secret))).toBe(true);
  });
});

describe("another place to sign in", () => {
  const common = { clientId: "client", clientSecret: "s3cret" };

  test.each([
    [
      { ...common, type: "github", alias: "github" } as const,
      { providerId: "github", displayName: "GitHub" },
    ],
    [
      { ...common, type: "entra-id", alias: "entra", directoryId: "d1" } as const,
      {
        providerId: "oidc",
        issuer: "https://login.microsoftonline.com/d1/v2.0",
        jwksUrl: "https://login.microsoftonline.com/d1/discovery/v2.0/keys",
        validateSignature: true,
      },
    ],
    [
      {
        ...common,
        type: "oidc",
        alias: "partner",
        issuer: "https://p.example",
        authorizationUrl: "https://p.example/auth",
        tokenUrl: "https://p.example/token",
        jwksUrl: "https://p.example/jwks",
      } as const,
      {
        providerId: "oidc",
        issuer: "https://p.example",
        jwksUrl: "https://p.example/jwks",
        validateSignature: true,
      },
    ],
  ])("is set up (%#), believes nothing, makes no account", async (provider, expected) => {
    const { inputs } = await declare({ identityProviders: [provider] });
    const declared = inputs(`acme-idp-${provider.alias}`);
    expect(declared).toMatchObject({
      ...expected,
      alias: provider.alias,
      trustEmail: false,
      storeToken: false,
    });
    expect(declared["firstBrokerLoginFlowAlias"]).toBe("link declared people");
    expect(names("keycloak:authentication/execution:Execution")).toHaveLength(2);
    expect(inputs("acme-first-sign-in-prove")).toMatchObject({
      authenticator: "idp-username-password-form",
      requirement: "REQUIRED",
    });
  });

  test("brings the flow for the first sign-in only when there is one", async () => {
    await declare();
    expect(names("keycloak:authentication/flow:Flow")).toEqual([]);
  });
});
