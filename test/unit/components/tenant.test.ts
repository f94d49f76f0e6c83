import { describe, expect, test } from "@jest/globals";
import type * as pulumi from "@pulumi/pulumi";
import { Tenant, type TenantArgs } from "../../../components/tenant.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const person = { role: "tenant_admin", firstName: "Ada", lastName: "Ash" } as const;
const ada = { ...person, username: "ada", email: "ada@x.example" };
const bob = { ...person, username: "bob", email: "bob@x.example" };

const usual: TenantArgs = {
  database: { host: "db.example", port: 5432, people: [ada] },
  identity: {
    url: "https://sso.example",
    people: [ada, bob],
    portal: { redirectUris: ["https://p.example/cb"] },
  },
};
const everything = {
  ...usual,
  collaboration: {
    url: "https://chat.example",
    tenant: "acme",
    people: [ada],
    bots: [{ name: "deploy" }],
    channels: [{ name: "news" }],
    webhooks: [{ name: "alerts", channel: "news" }],
  },
  workspaces: { url: "https://coder.example", tenant: "acme", people: [ada] },
  sourceControl: {
    system: "gitea",
    url: "https://git.example",
    tenant: "acme",
    people: [ada],
    repositories: [{ name: "shop" }],
  },
  crm: { url: "https://crm.example", tenant: "acme", people: [ada] },
  invitations: { tenant: "acme", displayName: "Acme", people: [ada, bob, { ...ada, username: "nobody" }] },
} satisfies TenantArgs;

const tenant = (args: TenantArgs): Promise<Declaration<Tenant>> =>
  declare((options) => new Tenant("acme", args, options), {
    "acme-invitations-user-ada": { sentAt: "2026-11-21T12:00:00Z" },
  });

describe("a tenant", () => {
  test("has a database and a realm, and nothing of systems that it has no use for", async () => {
    const { all, component } = await tenant(usual);
    expect(all.filter((each) => each.startsWith("index:"))).toEqual([
      "index:Database acme",
      "index:Identity acme",
      "index:Tenant acme",
    ]);
    expect(all.filter((each) => /^(?:mattermost|coder|gitea|twenty|mail):/.test(each))).toEqual([]);
    expect(Object.keys(component.systems)).toEqual(["database", "identity"]);
  });

  test("has a component for each further system that is named, with a name of its own", async () => {
    const { all, component, options } = await tenant(everything);
    const components = all.filter((each) => each.startsWith("index:"));
    expect(components).toEqual([
      "index:Collaboration acme-collaboration",
      "index:Crm acme-crm",
      "index:Database acme",
      "index:Identity acme",
      "index:Invitations acme-invitations",
      "index:SourceControl acme-source-control",
      "index:Tenant acme",
      "index:Workspaces acme-workspaces",
    ]);
    for (const name of ["collaboration", "workspaces", "source-control", "crm", "invitations"]) {
      expect(options(`acme-${name}`).parent).toBe(component);
    }
  });
});

test("access details say who gets in where; only passwords, tokens and client secrets are secret", async () => {
  const { component } = await tenant(usual);
  expect(await resolved(component.systems)).toEqual({
    database: { host: "db.example", port: 5432, database: "acme" },
    identity: {
      issuer: "https://sso.example/realms/acme",
      accountConsole: "https://sso.example/realms/acme/account",
      clients: {
        portal: { clientId: "portal", clientSecret: { secret: "clientSecret of acme-client-portal" } },
      },
    },
  });
  const ofIdentity = (username: string): object => ({
    username,
    oneTimePassword: { secret: `password of acme-user-${username}-password` },
    signIn: "https://sso.example/realms/acme/account",
  });
  expect(await resolved(component.people)).toEqual({
    ada: {
      database: { login: "acme_ada", password: { secret: "password of acme-login-ada" } },
      identity: ofIdentity("ada"),
    },
    bob: { identity: ofIdentity("bob") },
  });
});

test("access details of the further systems", async () => {
  const { component } = await tenant(everything);
  expect(await resolved(component.systems)).toMatchObject({
    collaboration: {
      url: "https://chat.example/acme",
      bots: {
        deploy: { username: "acme_deploy", token: { secret: "token of acme-collaboration-bot-deploy" } },
      },
      webhooks: { alerts: { secret: "url of acme-collaboration-webhook-alerts" } },
    },
    workspaces: { url: "https://coder.example", templates: {} },
    sourceControl: {
      url: "https://git.example/acme",
      repositories: { shop: { clone: "cloneUrl of acme-source-control-repository-shop" } },
    },
    crm: { url: "https://crm.example/object/company/id of acme-crm-company" },
  });
  const people = (await resolved(component.people)) as Record<string, Record<string, object>>;
  expect(people["ada"]).toMatchObject({
    collaboration: { username: "acme_ada", url: "https://chat.example/acme" },
    workspaces: { username: "acme-ada", url: "https://coder.example" },
    sourceControl: { username: "acme_ada", url: "https://git.example/acme" },
    crm: { url: "https://crm.example/object/person/id of acme-crm-user-ada" },
    invitation: { sentAt: "2026-11-21T12:00:00Z", messageId: "messageId of acme-invitations-user-ada" },
  });
  expect(Object.keys(people["bob"] ?? {})).toEqual(["identity", "invitation"]);
});

/** The systems that an invitation tells of. Passwords among them make all of it a secret. */
function systemsOf(invitation: Readonly<Record<string, unknown>>): { readonly title: string }[] {
  const { secret } = invitation["values"] as { secret: { systems: { title: string }[] } };
  return secret.systems;
}

describe("an invitation", () => {
  test("waits for everything of its person, and for nothing of anybody else", async () => {
    const { options } = await tenant(everything);
    const waitsFor = (name: string): (string | undefined)[] =>
      (options(name).dependsOn as pulumi.Resource[]).map(nameOf);
    expect(waitsFor("acme-invitations-user-ada")).toEqual([
      "acme-login-ada",
      "acme-user-ada",
      "acme-user-ada-roles",
      "acme-user-ada-groups",
      "acme-collaboration-user-ada",
      "acme-collaboration-user-ada-team",
      "acme-collaboration-user-ada-channel-news",
      "acme-workspaces-user-ada",
      "acme-source-control-user-ada",
      "acme-source-control-user-ada-role",
      "acme-crm-user-ada",
      "acme-crm-user-ada-membership",
    ]);
    expect(waitsFor("acme-invitations-user-bob").filter((name) => !name?.includes("-bob"))).toEqual([]);
  });

  test("tells of what its person has, the account that others sign in by first", async () => {
    const { inputs } = await tenant(everything);
    const systems = systemsOf(inputs("acme-invitations-user-ada"));
    expect(systems.map(({ title }) => title)).toEqual([
      "Acme account",
      "Chat (Mattermost)",
      "Workspaces (Coder)",
      "Source code (Gitea)",
      "Contacts (Twenty)",
      "Database (PostgreSQL)",
    ]);
    const password = (resource: string): string => `password of ${resource}`;
    expect(systems).toMatchObject([
      {
        url: "https://sso.example/realms/acme/account",
        username: "ada",
        password: password("acme-user-ada-password"),
      },
      { username: "acme_ada", password: password("acme-collaboration-user-ada") },
      { username: "acme-ada", password: password("acme-workspaces-user-ada") },
      { username: "acme_ada", password: password("acme-source-control-user-ada") },
      { url: "https://crm.example/object/person/id of acme-crm-user-ada" },
      {
        details: [{ value: "db.example" }, { value: "5432" }, { value: "acme" }],
        username: "acme_ada",
        password: password("acme-login-ada"),
      },
    ]);
  });

  test("is not for somebody who has nothing", async () => {
    const { all } = await tenant(everything);
    expect(all.filter((each) => each.startsWith("mail:"))).toHaveLength(2);
  });
});

describe("sign-in to Mattermost by the realm", () => {
  const byRealm = { ...everything.collaboration, signInByRealm: true };

  test("is for tenants that want it", async () => {
    const { inputs } = await tenant(everything);
    expect(inputs("acme-collaboration-user-ada")).not.toHaveProperty("signIn");
  });

  test("is by the realm's own name of the person, without a password", async () => {
    const { inputs, component } = await tenant({ ...everything, collaboration: byRealm });
    expect(inputs("acme-collaboration-user-ada")).toMatchObject({
      signIn: { service: "openid", subject: "id of acme-user-ada" },
    });
    const people = (await resolved(component.people)) as Record<string, Record<string, object>>;
    expect(people["ada"]?.["collaboration"]).not.toHaveProperty("oneTimePassword");
    const systems = systemsOf(inputs("acme-invitations-user-ada"));
    expect(systems[1]).toEqual({
      title: "Chat (Mattermost)",
      url: "https://chat.example/acme",
      signIn: "with your Acme account",
    });
  });

  test("is by password for who has no account in the realm", async () => {
    const { inputs } = await tenant({
      ...usual,
      identity: { ...usual.identity, people: [] },
      collaboration: byRealm,
    });
    expect(inputs("acme-collaboration-user-ada")).not.toHaveProperty("signIn");
  });
});

test("a reset makes new passwords everywhere, and nothing new for others", async () => {
  const reset = { ...ada, reset: "lost-phone" };
  const { inputs, all } = await tenant({
    ...everything,
    database: { ...everything.database, people: [reset] },
    identity: { ...everything.identity, people: [reset, bob] },
    collaboration: { ...everything.collaboration, people: [reset] },
    workspaces: { ...everything.workspaces, people: [reset] },
    sourceControl: { ...everything.sourceControl, people: [reset] },
    invitations: { ...everything.invitations, people: [reset, bob] },
  });
  for (const name of [
    "acme-login-ada",
    "acme-user-ada-password",
    "acme-user-ada-password-reset",
    "acme-collaboration-user-ada",
    "acme-workspaces-user-ada",
    "acme-source-control-user-ada",
  ]) {
    expect([name, inputs(name)["rotation"]]).toEqual([name, "lost-phone"]);
  }
  expect(inputs("acme-user-ada-password-reset")).toMatchObject({
    realm: "acme",
    user: "id of acme-user-ada",
  });
  expect(inputs("acme-invitations-user-ada")).toMatchObject({ reason: "lost-phone" });
  expect(inputs("acme-user-bob-password")).not.toHaveProperty("rotation");
  expect(inputs("acme-invitations-user-bob")).toMatchObject({ reason: "create" });
  expect(all.filter((each) => each.includes("password-reset"))).toHaveLength(1);
});
