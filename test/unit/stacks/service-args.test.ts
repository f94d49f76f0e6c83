import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenant as model, type Tenant } from "../../../schema/tenant.ts";
import type { Environment } from "../../../stacks/environment.ts";
import { sourceControlArgs } from "../../../stacks/source-control-args.ts";
import { tenantArgs } from "../../../stacks/tenant-args.ts";
import type { Part } from "../../../stacks/tenant-services.ts";

const environment: Environment = {
  postgres: { host: "db.example", port: 5432, sslmode: "require", database: "postgres" },
  keycloak: { url: "https://sso.example" },
  mattermost: { url: "https://chat.example/" },
  coder: { url: "https://coder.example" },
  gitea: { url: "https://git.example" },
  twenty: { url: "https://crm.example" },
};
const everything: readonly Part[] = ["collaboration", "workspaces", "sourceControl", "crm", "invitations"];

function tenant(more: object = {}): Tenant {
  const person = { firstName: "F", lastName: "L", role: "developer" };
  return model.parse({
    version: 1,
    id: "acme",
    name: "Acme Corporation",
    plan: "basic",
    region: "europe-west1",
    domains: ["acme.example", "acme.test"],
    teams: [{ id: "payments", name: "Payments" }],
    services: { collaboration: true, workspaces: true, sourceControl: true, crm: true },
    users: [
      { ...person, email: "ada@acme.example", reset: "lost-phone", adopt: true, teams: ["payments"] },
      { ...person, email: "bob@acme.example", username: "builder", expires: "2030-06-30" },
      {
        ...person,
        email: "eve@acme.example",
        services: { collaboration: false, workspaces: false, sourceControl: false, crm: false },
      },
    ],
    ...more,
  });
}

type Args = ReturnType<typeof tenantArgs>;
const argsOf = (more: object = {}, there = everything, elsewhere: Partial<Environment> = {}): Args =>
  tenantArgs(tenant(more), {
    environment: { ...environment, ...elsewhere },
    there: new Set(there),
    root: "/nowhere",
    locale: "C.UTF-8",
  });

test("parts that aren't there have no arguments", () => {
  expect(Object.keys(argsOf({}, []))).toEqual(["database", "identity"]);
  expect(Object.keys(argsOf({}, ["collaboration", "crm"]))).toEqual([
    "database",
    "identity",
    "collaboration",
    "crm",
  ]);
  expect(Object.keys(argsOf({}, everything, { mattermost: "none" }))).not.toContain("collaboration");
});

test("addresses can be put before a path", () => {
  const { collaboration, workspaces, sourceControl, crm } = argsOf();
  expect([collaboration, workspaces, sourceControl, crm].map((args) => args?.url)).toEqual([
    "https://chat.example",
    "https://coder.example",
    "https://git.example",
    "https://crm.example",
  ]);
});

test("people have accounts where their services say so; a mail is everybody's", () => {
  const { collaboration, workspaces, sourceControl, crm, invitations } = argsOf();
  for (const args of [collaboration, workspaces, sourceControl, crm]) {
    expect(args?.tenant).toBe("acme");
    expect(args?.people?.map(({ username }) => username)).toEqual(["ada", "builder"]);
    expect(args?.people).toMatchObject([
      { reset: "lost-phone", adopt: true, teams: ["payments"] },
      { expires: "2030-06-30", adopt: false },
    ]);
  }
  expect(invitations?.people.map(({ username }) => username)).toEqual(["ada", "builder", "eve"]);
});

test.each([
  { status: "active", enabled: true, kept: true },
  { status: "suspended", enabled: false, kept: true },
  { status: "destroyed", enabled: false, kept: false },
])("a tenant that is $status", ({ status, enabled, kept }) => {
  const { collaboration, workspaces, sourceControl, crm, invitations } = argsOf({ status });
  expect(collaboration).toMatchObject({ enabled, protectTeam: kept });
  expect(workspaces).toMatchObject({ enabled, protectOrganization: kept });
  expect(sourceControl).toMatchObject({ enabled, protectRepositories: kept });
  expect(crm).toMatchObject({ enabled });
  expect(invitations).toMatchObject({ enabled });
});

describe("names", () => {
  test("are the tenant's unless the file has others", () => {
    const { collaboration, workspaces, sourceControl, crm, invitations } = argsOf();
    expect(collaboration).toMatchObject({ team: "acme", displayName: "Acme Corporation", adopt: false });
    expect(workspaces).toMatchObject({ organization: undefined, groups: [], templates: [] });
    expect(sourceControl).toMatchObject({
      system: "gitea",
      organization: "acme",
      displayName: "Acme Corporation",
    });
    expect(crm).toMatchObject({ company: "Acme Corporation", domain: "acme.example" });
    expect(invitations).toMatchObject({
      tenant: "acme",
      displayName: "Acme Corporation",
      template: "default",
    });
  });

  test("of the file are taken", () => {
    const { collaboration, workspaces, sourceControl, crm, invitations } = argsOf({
      collaboration: { team: "acme-corp", signIn: "realm", adopt: true },
      workspaces: { organization: "acme-dev", groups: true, adopt: true },
      sourceControl: { organization: "acme-code", adopt: true },
      crm: { company: { name: "Acme", domain: "acme.test" }, adopt: true },
      invitations: { template: "warm", replyTo: "help@acme.example", supportUrl: "https://help.example" },
    });
    expect(collaboration).toMatchObject({ team: "acme-corp", signInByRealm: true, adopt: true });
    expect(workspaces).toMatchObject({
      organization: "acme-dev",
      groups: [{ id: "payments", name: "Payments" }],
      adopt: true,
    });
    expect(sourceControl).toMatchObject({ organization: "acme-code", adopt: true });
    expect(crm).toMatchObject({ company: "Acme", domain: "acme.test", adopt: true });
    expect(invitations).toMatchObject({
      template: "warm",
      replyTo: "help@acme.example",
      supportUrl: "https://help.example",
    });
  });
});

describe("files of a repository", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tenantry-source-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const withFiles = (files: object[]): Tenant =>
    tenant({ sourceControl: { repositories: [{ name: "shop", files }] } });

  test("hold the text, or that of a file of the project", () => {
    writeFileSync(join(root, "ci.yaml"), "on: push\n");
    const declared = withFiles([
      { path: "README.md", content: "# Shop\n" },
      { path: ".gitea/workflows/ci.yaml", source: "ci.yaml" },
    ]);
    expect(
      sourceControlArgs(declared, { url: "https://git.example" }, root).repositories?.[0]?.files,
    ).toEqual([
      { path: "README.md", content: "# Shop\n" },
      { path: ".gitea/workflows/ci.yaml", content: "on: push\n" },
    ]);
  });

  test("that aren't in the project are named", () => {
    const declared = withFiles([{ path: "ci.yaml", source: "templates/ci.yaml" }]);
    expect(() => sourceControlArgs(declared, { url: "https://git.example" }, root)).toThrow(
      expect.objectContaining({
        code: "source-missing",
        message: expect.stringContaining("templates/ci.yaml"),
      }),
    );
  });
});

describe("GitHub", () => {
  const server = { url: "https://github.com", organization: "Big-Corp" };
  const github = (more: object = {}, tenantMore: object = {}): Tenant =>
    tenant({
      services: { sourceControl: true },
      sourceControl: { system: "github", ...more },
      ...tenantMore,
    });
  const names = (declared: Tenant): unknown =>
    sourceControlArgs(declared, server, "/").repositories?.map(({ name }) => name);

  test("the organization is the environment's, and no other", () => {
    expect(sourceControlArgs(github(), server, "/")).toMatchObject({
      system: "github",
      organization: "Big-Corp",
    });
    expect(sourceControlArgs(github({ organization: "big-corp" }), server, "/").organization).toBe(
      "big-corp",
    );
    expect(() => sourceControlArgs(github({ organization: "other" }), server, "/")).toThrow(
      expect.objectContaining({ code: "organization-mismatch", system: "GitHub" }),
    );
  });

  test("a business unit has a repository without declaring it, others have none", () => {
    const unit = { kind: "businessUnit" };
    const repositories = [{ name: "shop" }];
    expect(names(github({ repositories }, unit))).toEqual(["bu-acme-infrastructure", "shop"]);
    expect(names(github({ repositories }))).toEqual(["shop"]);
    expect(names(github({ repositories }, { ...unit, services: {} }))).toEqual(["shop"]);
    expect(names(tenant({ ...unit, services: { sourceControl: true } }))).toEqual([]);
    expect(sourceControlArgs(github({}, unit), server, "/").repositories?.[0]).toMatchObject({
      topics: ["business-unit"],
      protect: { approvals: 1 },
      files: [{ path: ".github/CODEOWNERS", content: expect.stringContaining("* @Big-Corp/acme-admins\n") }],
    });
  });

  test("a declared repository of that name counts instead", () => {
    const repositories = [{ name: "BU-acme-infrastructure", description: "Ours" }];
    expect(names(github({ repositories }, { kind: "businessUnit" }))).toEqual(["BU-acme-infrastructure"]);
  });

  test("secrets of Actions come from the environment", () => {
    const actions = { variables: { REGION: "eu" }, secrets: { TOKEN: "env:ACTIONS_SECRET_OF_TEST" } };
    const declared = github({ repositories: [{ name: "shop", actions }] });
    expect(() => sourceControlArgs(declared, server, "/")).toThrow(
      expect.objectContaining({ code: "secret-missing" }),
    );
    process.env["ACTIONS_SECRET_OF_TEST"] = "hush";
    try {
      expect(sourceControlArgs(declared, server, "/").repositories?.[0]?.actions).toEqual({
        variables: { REGION: "eu" },
        secrets: { TOKEN: "hush" },
      });
    } finally {
      delete process.env["ACTIONS_SECRET_OF_TEST"];
    }
  });
});
