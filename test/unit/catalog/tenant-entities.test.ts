import { describe, expect, test } from "@jest/globals";
import type { Entity } from "@backstage/catalog-model";
import fc from "fast-check";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { catalogText } from "../../../catalog/catalog-text.ts";
import type { Surroundings } from "../../../catalog/surroundings.ts";
import { tenantEntities } from "../../../catalog/tenant-entities.ts";
import { root } from "../../../cli/project-root.ts";
import { loadFleet } from "../../../schema/load-fleet.ts";
import { tenant as model, type Tenant } from "../../../schema/tenant.ts";
import { dangling, refOf, refusal } from "./backstage.ts";

const around = {
  today: "2026-11-21",
  database: { host: "db.example", port: 5432 },
  identityUrl: "https://sso.example",
};

const person = (email: string, more: object = {}): object => ({
  email: `${email}@acme.example`,
  firstName: "Ada",
  lastName: "Ashford",
  role: "developer",
  ...more,
});
const tenant = (more: object = {}): Tenant =>
  model.parse({ version: 1, id: "acme", name: "Acme", plan: "basic", region: "eu", ...more });
const inGitea = ({ id, sourceControl }: Tenant): Surroundings => ({
  ...around,
  sourceControl: {
    system: "gitea",
    url: "https://git.example",
    organization: sourceControl.organization ?? id,
    repositories: sourceControl.repositories,
  },
});
const entitiesOf = (each: Tenant): Entity[] => tenantEntities(each, inGitea(each));
const entities = (more: object = {}): Entity[] => entitiesOf(tenant(more));
const entity = (ref: string, more: object = {}): Entity | undefined =>
  entities(more).find((each) => refOf(each) === ref);
const refs = (more: object = {}): string[] => entities(more).map(refOf);
const repository = (more: object = {}): object => ({
  sourceControl: { repositories: [{ name: "shop", ...more }] },
});

/** As odd and as long as the model takes them; `model.parse` refuses what is odder. */
const id = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/),
  fc.constantFrom("a1", "x--y", "acme", "acme-eu"),
);
const teamIds = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{1,28}[a-z0-9]$/), { maxLength: 3 });
const usernames = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9._-]{1,30}[a-z0-9]$/), { maxLength: 4 });
const text = fc.stringMatching(/^[^\p{Cc}]{1,30}$/u);
const repositoryNames = fc.uniqueArray(
  fc
    .oneof(fc.stringMatching(/^[A-Za-z0-9._-]{1,12}$/), fc.stringMatching(/^[A-Za-z0-9._-]{50,100}$/))
    .filter((name) => model.shape.sourceControl.safeParse({ repositories: [{ name }] }).success),
  { maxLength: 4, selector: (name) => name.toLowerCase() },
);
const topic = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,34}$/);
const branch = fc.constantFrom("main", "release/1.0", "a#b", "a+b");

const ofFleet = (own: string, units: readonly string[]) =>
  fc.tuple(teamIds, usernames, repositoryNames).chain(([teams, accounts, repositories]) => {
    const access = fc
      .subarray(teams)
      .chain((of) =>
        fc.tuple(...of.map((team) => fc.tuple(fc.constant(team), fc.constantFrom("read", "write", "admin")))),
      )
      .map((entries) => Object.fromEntries(entries));
    return fc
      .record({
        name: text,
        kind: fc.constant(units.includes(own) ? "businessUnit" : "tenant"),
        parent: fc.constantFrom(undefined, ...units.filter((unit) => unit > own)),
        status: fc.constantFrom("active", "suspended"),
        users: fc.tuple(
          ...accounts.map((username, index) =>
            fc.subarray(teams).map((of) => person(`a${index}`, { username, teams: of })),
          ),
        ),
        repositories: fc.tuple(
          ...repositories.map((name) =>
            fc.record({
              name: fc.constant(name),
              description: fc.oneof(text, fc.constant(undefined)),
              topics: fc.array(topic, { maxLength: 4 }),
              defaultBranch: branch,
              teams: access,
            }),
          ),
        ),
      })
      .map(({ repositories: declared, ...more }) =>
        tenant({
          ...more,
          id: own,
          teams: teams.map((each) => ({ id: each })),
          sourceControl: { repositories: declared },
        }),
      );
  });
const fleet = fc
  .uniqueArray(id, { minLength: 1, maxLength: 4 })
  .chain((own) => fc.tuple(fc.constant(own), fc.subarray(own)))
  .chain(([own, units]) => fc.tuple(...own.map((each) => ofFleet(each, units))));

test("the least that a tenant is", () => {
  expect(refs()).toEqual([
    "system:default/acme",
    "group:default/acme",
    "resource:default/acme_database",
    "resource:default/acme_realm",
    "api:default/acme_sign-in",
  ]);
  expect(entities().map(({ metadata }) => metadata.labels)).toEqual(
    refs().map(() => ({ "tenantry/tenant": "acme" })),
  );
});

test.each([
  ["a tenant of nobody", {}, { owner: "acme" }, undefined, { type: "organization" }],
  [
    "a tenant of a business unit",
    { parent: "retail" },
    { owner: "acme", domain: "retail" },
    undefined,
    { type: "organization", parent: "retail" },
  ],
  [
    "a business unit",
    { kind: "businessUnit" },
    { owner: "acme", domain: "acme" },
    { owner: "acme" },
    { type: "business-unit" },
  ],
  [
    "a business unit of another",
    { kind: "businessUnit", parent: "retail" },
    { owner: "acme", domain: "acme" },
    { owner: "acme", subdomainOf: "retail" },
    { type: "business-unit", parent: "retail" },
  ],
])("domain, system and group of %s", (_what, more, system, domain, group) => {
  expect(entity("system:default/acme", more)?.spec).toEqual(system);
  expect(entity("domain:default/acme", more)?.spec).toEqual(domain);
  expect(entity("group:default/acme", more)?.spec).toEqual({
    ...group,
    profile: { displayName: "Acme" },
    children: [],
  });
});

describe("people", () => {
  const teams = [{ id: "platform", name: "Platform" }, { id: "payments" }];

  test("teams are groups below the tenant's", () => {
    expect(entity("group:default/acme_platform", { teams })).toMatchObject({
      metadata: { name: "acme_platform", annotations: { "keycloak.org/realm": "acme" } },
      spec: { type: "team", parent: "acme", profile: { displayName: "Platform" }, children: [] },
    });
    expect(entity("group:default/acme_payments", { teams })?.spec).toMatchObject({
      profile: { displayName: "payments" },
    });
  });

  test.each([
    ["a developer", "developer", ["payments"], ["acme_payments"]],
    ["somebody in two teams", "auditor", ["platform", "payments"], ["acme_platform", "acme_payments"]],
    ["who is in no team", "developer", [], ["acme"]],
    ["an administrator", "tenant_admin", ["platform"], ["acme", "acme_platform"]],
  ])("%s", (_what, role, of, memberOf) => {
    const users = [person("ada", { role, teams: of })];
    expect(entity("user:default/acme_ada", { teams, users })).toMatchObject({
      metadata: { name: "acme_ada", annotations: { "keycloak.org/realm": "acme" } },
      spec: { memberOf, profile: { displayName: "Ada Ashford", email: "ada@acme.example" } },
    });
  });

  test("who has no account in the realm isn't said to be in it; a realm can have its own name", () => {
    const users = [person("ada", { services: { identity: false } }), person("bob")];
    const more = { users, identity: { realm: "customers" } };
    expect(entity("user:default/acme_ada", more)?.metadata.annotations).toEqual({});
    expect(entity("user:default/acme_bob", more)?.metadata.annotations).toEqual({
      "keycloak.org/realm": "customers",
    });
  });

  test.each([
    ["the last day", "2026-11-21", "active", true],
    ["the day after the last", "2026-11-20", "active", false],
    ["a suspended tenant", undefined, "suspended", false],
  ])("who gets in, and no one else: %s", (_what, expires, status, there) => {
    const users = [person("ada", { expires, teams: ["platform"] })];
    expect(refs({ teams, users, status }).includes("user:default/acme_ada")).toBe(there);
    expect(refs({ teams, users, status })).toContain("group:default/acme_platform");
  });
});

test("a database, a realm, and how to sign in by it", () => {
  const more = {
    database: { name: "acme_prod" },
    identity: {
      realm: "customers",
      portal: { redirectUris: ["https://a.example/"] },
      clients: [{ id: "mobile", redirectUris: ["https://b.example/"] }],
    },
  };
  const own = { owner: "acme", system: "acme" };
  expect(entity("resource:default/acme_database", more)).toMatchObject({
    metadata: { description: "PostgreSQL database acme_prod on db.example:5432" },
    spec: { type: "database", ...own },
  });
  expect(entity("resource:default/acme_realm", more)).toMatchObject({
    metadata: {
      description: "Keycloak realm customers",
      links: [{ url: "https://sso.example/realms/customers/account" }],
    },
    spec: { type: "realm", ...own },
  });
  expect(entity("api:default/acme_sign-in", more)?.spec).toEqual({
    type: "openid-connect",
    lifecycle: "production",
    ...own,
    definition: `issuer: https://sso.example/realms/customers
configuration: https://sso.example/realms/customers/.well-known/openid-configuration
clients:
  - portal
  - mobile
`,
  });
});

describe("repositories", () => {
  const spec = (more: object = {}): unknown => entity("component:default/acme_shop", more)?.spec;

  test("are components, with where their source is", () => {
    const more = {
      description: "The shop",
      topics: ["node.js", "web-site-", "node-js"],
      defaultBranch: "release/1#0",
    };
    expect(entity("component:default/acme_shop", repository(more))).toEqual({
      apiVersion: "backstage.io/v1alpha1",
      kind: "Component",
      metadata: {
        name: "acme_shop",
        labels: { "tenantry/tenant": "acme" },
        description: "The shop",
        annotations: {
          "backstage.io/source-location": "url:https://git.example/acme/shop/src/branch/release/1%230/",
        },
        tags: ["node-js", "web-site"],
      },
      spec: { type: "repository", lifecycle: "production", owner: "acme", system: "acme" },
    });
  });

  test("are in the organization that the file names, and nowhere where the environment has no system for them", () => {
    const declared = { sourceControl: { organization: "acme-code", repositories: [{ name: "shop" }] } };
    expect(entity("component:default/acme_shop", declared)?.metadata.annotations).toEqual({
      "backstage.io/source-location": "url:https://git.example/acme-code/shop/src/branch/main/",
    });
    const without = tenantEntities(tenant(declared), around);
    expect(without.map(refOf)).not.toContain("component:default/acme_shop");
  });

  test.each([
    ["nobody's team", {}, "acme"],
    ["a team that reads", { alpha: "read" }, "acme"],
    ["a team that writes", { alpha: "read", beta: "write", gamma: "write" }, "acme_beta"],
    ["a team that may do everything", { alpha: "write", beta: "admin" }, "acme_beta"],
  ])("belong to who may do most in them: %s", (_what, teams, owner) => {
    expect(spec(repository({ teams }))).toMatchObject({ owner });
  });

  test.each([
    ["an archived one", { ...repository({ archived: true }) }, "deprecated"],
    ["a suspended tenant's", { ...repository(), status: "suspended" }, "suspended"],
  ])("%s says so", (_what, more, lifecycle) => {
    expect(spec(more)).toMatchObject({ lifecycle });
  });
});

describe("in GitHub and Terraform Cloud", () => {
  const there: Surroundings = {
    ...around,
    sourceControl: {
      system: "github",
      url: "https://github.com",
      organization: "initech",
      repositories: [
        { name: "bu-acme-infrastructure", topics: ["business-unit"] },
        { name: "shop", defaultBranch: "dev/1", teams: { alpha: "triage", beta: "maintain" } },
      ],
    },
    delivery: {
      url: "https://app.terraform.io",
      organization: "initech-cloud",
      workspaces: [
        { environment: "dev", name: "acme-dev", repository: "Initech/BU-acme-infrastructure" },
        { environment: "prod", name: "acme-prod", repository: "bu-acme-infrastructure" },
        { environment: "lab", name: "acme-lab", repository: "elsewhere/shop" },
        { environment: "api", name: "acme-api" },
      ],
    },
  };
  const all = tenantEntities(
    tenant({
      teams: [{ id: "alpha" }, { id: "beta" }],
      users: [person("ada", { github: "ada-ash" }), person("bob")],
    }),
    there,
  );
  const found = (ref: string): Entity | undefined => all.find((each) => refOf(each) === ref);

  test("repositories and teams are found by Backstage's plugins", () => {
    expect(found("component:default/acme_shop")).toMatchObject({
      metadata: {
        annotations: {
          "backstage.io/source-location": "url:https://github.com/initech/shop/tree/dev/1/",
          "github.com/project-slug": "initech/shop",
        },
      },
      spec: { owner: "acme_beta" },
    });
    expect(found("group:default/acme_beta")?.metadata.annotations).toEqual({
      "keycloak.org/realm": "acme",
      "github.com/team-slug": "initech/acme-beta",
    });
  });

  test("people are whom GitHub knows them as", () => {
    expect(found("user:default/acme_ada")?.metadata.annotations).toEqual({
      "keycloak.org/realm": "acme",
      "github.com/user-login": "ada-ash",
    });
    expect(found("user:default/acme_bob")?.metadata.annotations).not.toHaveProperty("github.com/user-login");
  });

  test("a workspace is a resource that depends on the repository with its code, if that is the tenant's", () => {
    expect(found("resource:default/acme_terraform.prod")).toMatchObject({
      metadata: {
        annotations: { "terraform/organization": "initech-cloud", "terraform/workspaces": "acme-prod" },
        links: [{ url: "https://app.terraform.io/app/initech-cloud/workspaces/acme-prod" }],
      },
      spec: {
        type: "terraform-workspace",
        owner: "acme",
        system: "acme",
        dependsOn: ["component:acme_bu-acme-infrastructure"],
      },
    });
    for (const name of ["lab", "api"])
      expect(found(`resource:default/acme_terraform.${name}`)?.spec).not.toHaveProperty("dependsOn");
    expect(found("component:default/acme_bu-acme-infrastructure")?.metadata.annotations).toMatchObject({
      "terraform/organization": "initech-cloud",
      "terraform/workspaces": "acme-dev,acme-prod",
    });
    expect(found("component:default/acme_shop")?.metadata.annotations).not.toHaveProperty(
      "terraform/workspaces",
    );
  });

  test("Backstage takes all of it", async () => {
    expect((await Promise.all(all.map(refusal))).filter(Boolean)).toEqual([]);
    expect(dangling(all)).toEqual([]);
  });
});

describe("Backstage takes", () => {
  test("the example tenants, without a dangling relation; without one of them, all of it is gone", async () => {
    const { tenants, problems } = await loadFleet(join(root, "tenants"));
    expect(problems).toEqual([]);
    expect(tenants.length).toBeGreaterThanOrEqual(3);
    const all = tenants.flatMap(({ tenant: each }) => entitiesOf(each));
    expect((await Promise.all(all.map(refusal))).filter(Boolean)).toEqual([]);
    expect(dangling(all)).toEqual([]);
    expect(new Set(all.map(refOf)).size).toBe(all.length);
    const others = tenants.filter(({ tenant: { id } }) => id !== "acme");
    const rest = others.flatMap(({ tenant: each }) => entitiesOf(each));
    expect(rest.map(refOf).filter((ref) => /\/acme(?:_|$)/.test(ref))).toEqual([]);
    expect(dangling(rest)).toEqual([]);
    expect(all.map(refOf).filter((ref) => /\/acme(?:_|$)/.test(ref))).toHaveLength(all.length - rest.length);
  });

  test("tenants whose ids begin alike", () => {
    const all = [
      ...entities({
        ...repository({ name: "eu-shop" }),
        teams: [{ id: "eu-all" }],
        users: [person("eu-ada")],
      }),
      ...entities({ id: "acme-eu", ...repository(), teams: [{ id: "all" }], users: [person("ada")] }),
    ];
    expect(new Set(all.map(refOf)).size).toBe(all.length);
  });

  test("repositories whose long names differ at the end", () => {
    const long = "shop-".repeat(18);
    const all = entities({ sourceControl: { repositories: [{ name: `${long}a` }, { name: `${long}b` }] } });
    expect(new Set(all.map(refOf)).size).toBe(all.length);
  });

  test("every valid tenant beside every other, by names of its own, and reads back what was written", async () => {
    await fc.assert(
      fc.asyncProperty(fleet, async (tenants) => {
        const all = tenants.flatMap((each) => entitiesOf(each));
        expect((await Promise.all(all.map(refusal))).filter(Boolean)).toEqual([]);
        expect(dangling(all)).toEqual([]);
        expect(new Set(all.map(refOf)).size).toBe(all.length);
        expect(
          parseAllDocuments(catalogText(all, "a test")).map((document) => document.toJS() as unknown),
        ).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });
});
