import { expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { tenant as model } from "../../../schema/tenant.ts";
import { catalogArgs, catalogSurroundings } from "../../../stacks/catalog-args.ts";
import type { Environment } from "../../../stacks/environment.ts";
import { tenantArgs } from "../../../stacks/tenant-args.ts";
import type { Part } from "../../../stacks/tenant-services.ts";

const without: Environment = {
  postgres: { host: "db.example", port: 5432, sslmode: "require", database: "postgres" },
  keycloak: { url: "https://sso.example/" },
  gitea: { url: "https://git.example/" },
};
const catalog = {
  system: "gitea",
  repository: "platform/catalog",
  branch: "main",
  path: "all/tenants",
} as const;
const environment: Environment = { ...without, catalog };
const file = {
  version: 1,
  id: "acme",
  name: "Acme",
  plan: "basic",
  region: "eu",
  services: { sourceControl: true },
  sourceControl: { repositories: [{ name: "shop" }] },
};
const acme = model.parse(file);
const there = new Set<Part>(["database", "identity", "sourceControl"]);

test("a tenant has a file where its environment has a catalog, and none elsewhere", () => {
  const args = catalogArgs(acme, environment, there);
  expect(args).toEqual({
    system: "gitea",
    repository: "platform/catalog",
    branch: "main",
    tenant: "acme",
    path: "all/tenants/acme.yaml",
    content: expect.stringMatching(/^# Written by tenantry from the file of tenant acme\./),
  });
  const refs = parseAllDocuments(args?.content ?? "").map((document) => document.toJS() as unknown);
  expect(refs).toMatchObject([
    { kind: "System", metadata: { name: "acme" } },
    { kind: "Group" },
    { kind: "Resource" },
    { kind: "Resource" },
    { kind: "API" },
    { kind: "Component", metadata: { name: "acme_shop" } },
  ]);
  expect(catalogArgs(acme, without, there)).toBeUndefined();
  const place = { there, root: "/nowhere", locale: "C.UTF-8" };
  expect(tenantArgs(acme, { ...place, environment }).catalog).toEqual(args);
  expect(tenantArgs(acme, { ...place, environment: without })).not.toHaveProperty("catalog");
});

test("addresses are as in the environment; what it does without is left out", () => {
  expect(catalogSurroundings(acme, environment, there)).toEqual({
    today: new Date().toISOString().slice(0, 10),
    database: environment.postgres,
    identityUrl: "https://sso.example",
    sourceControl: {
      system: "gitea",
      url: "https://git.example",
      organization: "acme",
      repositories: acme.sourceControl.repositories,
    },
  });
  expect(catalogSurroundings(acme, environment, new Set<Part>()).sourceControl).toBeUndefined();
  expect(catalogSurroundings(acme, { ...environment, gitea: "none" }, there).sourceControl).toBeUndefined();
});

test("in GitHub a tenant's repositories are in the environment's organization, a business unit's own first", () => {
  const unit = model.parse({
    ...file,
    kind: "businessUnit",
    sourceControl: { system: "github", repositories: [{ name: "shop" }] },
  });
  const inGithub = { ...environment, github: { url: "https://github.com", organization: "initech" } };
  expect(catalogSurroundings(unit, inGithub, there).sourceControl).toMatchObject({
    system: "github",
    url: "https://github.com",
    organization: "initech",
    repositories: [{ name: "bu-acme-infrastructure" }, { name: "shop" }],
  });
  expect(catalogSurroundings(unit, environment, there).sourceControl).toBeUndefined();
});

test("environments of a tenant are workspaces of the environment's Terraform Cloud", () => {
  const delivered = model.parse({
    ...file,
    delivery: { environments: [{ name: "dev", repository: "shop" }, { name: "prod" }] },
  });
  const tfe = { url: "https://app.terraform.io/", organization: "initech-cloud" };
  const wanted = new Set<Part>([...there, "delivery"]);
  expect(catalogSurroundings(delivered, { ...environment, tfe }, wanted).delivery).toEqual({
    url: "https://app.terraform.io",
    organization: "initech-cloud",
    workspaces: [
      { environment: "dev", name: "acme-dev", repository: "shop" },
      { environment: "prod", name: "acme-prod", repository: undefined },
    ],
  });
  expect(catalogSurroundings(delivered, { ...environment, tfe }, there).delivery).toBeUndefined();
  expect(catalogSurroundings(delivered, { ...environment, tfe: "none" }, wanted).delivery).toBeUndefined();
});
