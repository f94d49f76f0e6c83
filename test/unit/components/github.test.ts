import { describe, expect, test } from "@jest/globals";
import { SourceControl, type SourceControlArgs } from "../../../components/source-control.ts";
import { declare, resolved, type Declaration } from "./declaration.ts";

const person = { firstName: "Ada", lastName: "Ash", email: "x@acme.example" };
const ada = { ...person, username: "ada", github: "ada-ash", role: "tenant_admin", teams: ["labs"] } as const;
const bob = { ...person, username: "bob", github: "bobby", role: "auditor", expires: "2026-12-31" } as const;
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const code = (args: Partial<SourceControlArgs> = {}): Promise<Declaration<SourceControl>> =>
  declare(
    (options) =>
      new SourceControl(
        "code",
        { system: "github", url: "https://github.com", tenant: "acme", organization: "big", ...args },
        options,
      ),
  );

const shop = {
  name: "shop",
  description: "The shop",
  topics: ["web"],
  protect: { approvals: 2, statusChecks: ["ci"] },
  teams: { labs: "maintain" },
  labels: [{ name: "urgent", color: "#ff0000" }],
  files: [{ path: "docs/README.md", content: "# Shop" }],
  webhooks: [{ url: "https://ci.example/hook?token=hush", events: ["push"], rotation: "1" }],
  deployKeys: [{ title: "ci", key }],
  actions: { variables: { REGION: "eu" }, secrets: { TOKEN: "hush" } },
} as const;
const everything = { teams: [{ id: "labs" }], people: [ada, bob], repositories: [shop] };

test("what a tenant has in an organization", async () => {
  const { all } = await code(everything);
  expect(all.map((each) => each.replace(/-[0-9a-f]{8}(?=$|-)/, "-…"))).toEqual([
    "actionsSecret:ActionsSecret code-repository-shop-secret-TOKEN",
    "actionsVariable:ActionsVariable code-repository-shop-variable-REGION",
    "branchDefault:BranchDefault code-repository-shop-default-branch",
    "index:SourceControl code",
    "issueLabel:IssueLabel code-repository-shop-label-urgent",
    "repository:Repository code-repository-shop",
    "repositoryCollaborators:RepositoryCollaborators code-repository-shop-collaborators",
    "repositoryDeployKey:RepositoryDeployKey code-repository-shop-key-ci",
    "repositoryFile:RepositoryFile code-repository-shop-file-docs/README.md",
    "repositoryRuleset:RepositoryRuleset code-repository-shop-ruleset",
    "repositoryWebhook:RepositoryWebhook code-repository-shop-webhook-ci.example-…",
    "team:Team code-role-application_manager",
    "team:Team code-role-auditor",
    "team:Team code-role-developer",
    "team:Team code-role-tenant_admin",
    "team:Team code-team-labs",
    "teamMembership:TeamMembership code-user-ada-role",
    "teamMembership:TeamMembership code-user-ada-team-labs",
    "teamMembership:TeamMembership code-user-bob-role",
    "tenantry:Password code-repository-shop-webhook-ci.example-…-secret",
  ]);
});

test("a repository says whose it is, and can't be deleted by the way", async () => {
  const { inputs, options } = await code(everything);
  expect(inputs("code-repository-shop")).toMatchObject({
    name: "shop",
    visibility: "private",
    topics: ["web", "acme"],
    autoInit: true,
    hasIssues: true,
  });
  expect(options("code-repository-shop").protect).toBe(true);
  const { options: going } = await code({ ...everything, protectRepositories: false });
  expect(going("code-repository-shop").protect).toBe(false);
});

test("a repository from a template has the template's files", async () => {
  const { inputs } = await code({ repositories: [{ name: "shop", template: "big/starter" }] });
  expect(inputs("code-repository-shop")).toMatchObject({ template: { owner: "big", repository: "starter" } });
  expect(inputs("code-repository-shop")).not.toHaveProperty("autoInit");
});

test("all of the tenant's roles reach a repository, its teams as declared, and nobody else", async () => {
  const { inputs } = await code(everything);
  expect(inputs("code-repository-shop-collaborators")).toEqual({
    repository: "shop",
    users: [],
    teams: [
      { teamId: "id of code-role-tenant_admin", permission: "admin" },
      { teamId: "id of code-role-application_manager", permission: "push" },
      { teamId: "id of code-role-developer", permission: "push" },
      { teamId: "id of code-role-auditor", permission: "pull" },
      { teamId: "id of code-team-labs", permission: "maintain" },
    ],
  });
});

test("teams carry the tenant's id, and people are in theirs by the accounts that they have", async () => {
  const { inputs, component } = await code(everything);
  expect(inputs("code-team-labs")).toMatchObject({ name: "acme-labs", privacy: "closed" });
  expect(inputs("code-role-tenant_admin")).toMatchObject({ name: "acme-admins" });
  expect(inputs("code-user-ada-team-labs")).toEqual({
    teamId: "id of code-team-labs",
    username: "ada-ash",
    role: "member",
  });
  expect(await resolved(component.people)).toEqual({
    ada: { username: "ada-ash", url: "https://github.com/big" },
    bob: { username: "bobby", url: "https://github.com/big" },
  });
});

test.each([
  ["whose last day is over", { today: "2027-01-01" }, ["code-user-ada-role", "code-user-ada-team-labs"]],
  ["of a tenant that is shut", { enabled: false }, []],
])("somebody %s is in no team", async (_what, admission, members) => {
  const { all } = await code({ ...everything, ...admission });
  expect(all.filter((each) => each.startsWith("teamMembership")).map((each) => each.split(" ")[1])).toEqual(
    members,
  );
});

describe("a protected branch", () => {
  test("has a ruleset, which lets those who keep files there commit", async () => {
    const { inputs, options } = await code({ ...everything, github: { app: 42 } });
    expect(inputs("code-repository-shop-ruleset")).toMatchObject({
      target: "branch",
      enforcement: "active",
      conditions: { refName: { includes: ["refs/heads/main"], excludes: [] } },
      bypassActors: [
        { actorType: "OrganizationAdmin", actorId: 1, bypassMode: "always" },
        { actorType: "Integration", actorId: 42, bypassMode: "always" },
      ],
      rules: {
        deletion: true,
        nonFastForward: true,
        pullRequest: { requiredApprovingReviewCount: 2 },
        requiredStatusChecks: { requiredChecks: [{ context: "ci" }] },
      },
    });
    expect(options("code-repository-shop-ruleset").dependsOn).toHaveLength(2);
  });

  test("has protection of the older kind where the server knows no rulesets", async () => {
    const protect = { branch: "release", approvals: 1, statusChecks: [] };
    const { inputs, all } = await code({
      repositories: [{ name: "shop", protect }],
      github: { rulesets: false },
    });
    expect(inputs("code-repository-shop-protection")).toEqual({
      repository: "shop",
      branch: "release",
      enforceAdmins: false,
      requiredPullRequestReviews: { requiredApprovingReviewCount: 1, dismissStaleReviews: true },
    });
    expect(all.some((each) => each.includes("Ruleset"))).toBe(false);
  });

  test("is not there unless declared", async () => {
    const { all } = await code({ repositories: [{ name: "shop" }] });
    expect(all.some((each) => /Ruleset|Protection/.test(each))).toBe(false);
  });
});

test("another default branch is made first, and files go there", async () => {
  const repositories = [{ name: "shop", defaultBranch: "trunk", files: [{ path: "a", content: "b" }] }];
  const { inputs, options } = await code({ repositories });
  expect(inputs("code-repository-shop-branch-trunk")).toEqual({ repository: "shop", branch: "trunk" });
  expect(options("code-repository-shop-default-branch").dependsOn).toHaveLength(1);
  expect(inputs("code-repository-shop-file-a")).toMatchObject({ branch: "trunk", overwriteOnCreate: true });
});

test("secrets are secrets, and an address that may hold one names nothing", async () => {
  const { inputs, all, component } = await code(everything);
  expect(inputs("code-repository-shop-secret-TOKEN")).toEqual({
    repository: "shop",
    secretName: "TOKEN",
    plaintextValue: { secret: "hush" },
  });
  expect(inputs("code-repository-shop-variable-REGION")).toMatchObject({
    variableName: "REGION",
    value: "eu",
  });
  expect(all.join()).not.toContain("hush");
  const hook = all.find((each) => each.startsWith("repositoryWebhook"))?.split(" ")[1] ?? "";
  expect(inputs(hook)).toMatchObject({
    events: ["push"],
    active: true,
    configuration: { contentType: "json", insecureSsl: false },
  });
  expect(inputs(`${hook}-secret`)).toMatchObject({ rotation: "1", length: 40 });
  expect(await resolved(component.repositories)).toMatchObject({
    shop: { webhookSecrets: { [hook.replace(/^.*webhook-/, "")]: `password of ${hook}-secret` } },
  });
});
