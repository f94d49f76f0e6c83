import { describe, expect, test } from "@jest/globals";
import { SourceControl, type SourceControlArgs } from "../../../components/source-control.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const person = { firstName: "Ada", lastName: "Ash", email: "x@acme.example" };
const ada = { ...person, username: "ada", role: "tenant_admin", teams: ["payments"] } as const;
const bob = { ...person, username: "bob", role: "auditor", expires: "2026-12-31" } as const;
const teams = [{ id: "payments", name: "Payments" }];
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const code = (args: Partial<SourceControlArgs> = {}): Promise<Declaration<SourceControl>> =>
  declare(
    (options) =>
      new SourceControl(
        "code",
        { system: "gitea", url: "https://git.example", tenant: "acme", ...args },
        options,
      ),
  );

const shop = {
  name: "shop",
  description: "The shop",
  protect: { approvals: 2, statusChecks: ["ci"] },
  files: [{ path: "docs/README.md", content: "# Shop" }],
  webhooks: [{ url: "https://ci.example/hook?token=hush", events: ["push"], rotation: "1" }],
  deployKeys: [{ title: "ci", key }],
} as const;
const everything = { teams, people: [ada, bob], repositories: [shop] };

test("what a tenant's organization is made of", async () => {
  const { all } = await code(everything);
  expect(all.map((each) => each.replace(/-[0-9a-f]{8}$/, "-…"))).toEqual([
    "gitea:DeployKey code-repository-shop-key-ci",
    "gitea:Organization code-organization",
    "gitea:Repository code-repository-shop",
    "gitea:RepositoryFile code-repository-shop-file-docs/README.md",
    "gitea:Team code-role-application_manager",
    "gitea:Team code-role-auditor",
    "gitea:Team code-role-developer",
    "gitea:Team code-role-tenant_admin",
    "gitea:Team code-team-payments",
    "gitea:TeamMember code-user-ada-role",
    "gitea:TeamMember code-user-ada-team-payments",
    "gitea:TeamMember code-user-bob-role",
    "gitea:User code-user-ada",
    "gitea:User code-user-bob",
    "gitea:Webhook code-repository-shop-webhook-ci.example-…",
    "index:SourceControl code",
  ]);
});

test.each([
  ["nothing public", [shop], "private"],
  ["a public repository", [shop, { name: "docs", visibility: "public" }], "limited"],
] as const)("an organization with %s is %s", async (_what, repositories, expected) => {
  const { inputs } = await code({ repositories, displayName: "Acme Corporation" });
  expect(inputs("code-organization")).toEqual({
    name: "acme",
    fullName: "Acme Corporation",
    visibility: expected,
    mark: "tenantry: tenant acme",
    adopt: false,
  });
});

test.each([
  ["tenant_admin", { name: "admins", permission: "admin", createRepositories: true }],
  ["application_manager", { name: "application-managers", permission: "write" }],
  ["developer", { name: "developers", permission: "write" }],
  ["auditor", { name: "auditors", permission: "read" }],
] as const)("the team of role %s", async (role, expected) => {
  const { inputs } = await code({ people: [{ ...bob, role }] });
  expect(inputs(`code-role-${role}`)).toMatchObject({
    ...expected,
    organization: "acme",
    allRepositories: true,
  });
  if (role !== "tenant_admin") expect(inputs(`code-role-${role}`)).not.toHaveProperty("createRepositories");
  expect(inputs("code-user-bob-role")).toEqual({ team: `id of code-role-${role}`, username: "acme_bob" });
});

describe("a declared team", () => {
  test("that no repository names reaches none, and can read", async () => {
    const { inputs } = await code(everything);
    expect(inputs("code-team-payments")).toMatchObject({
      name: "payments",
      description: "Payments",
      permission: "read",
      repositories: [],
    });
  });

  test("has the one permission that repositories give it", async () => {
    const repositories = [
      { name: "shop", teams: { payments: "write" } },
      { name: "till", teams: { payments: "write" } },
      { name: "secret" },
    ] as const;
    const { inputs, all } = await code({ ...everything, repositories });
    expect(inputs("code-team-payments")).toMatchObject({
      permission: "write",
      repositories: ["shop", "till"],
    });
    expect(all.filter((each) => each.includes("team-payments"))).toHaveLength(2);
  });

  test("is several teams in Gitea when it has several, and people are in each", async () => {
    const repositories = [
      { name: "shop", teams: { payments: "admin" } },
      { name: "till", teams: { payments: "read" } },
      { name: "bank", teams: { payments: "write" } },
    ] as const;
    const { inputs } = await code({ ...everything, repositories });
    const permissions = ["", "-write", "-admin"].map((suffix) => {
      const { name, permission, repositories: reached } = inputs(`code-team-payments${suffix}`);
      return [name, permission, reached];
    });
    expect(permissions).toEqual([
      ["payments", "read", ["till"]],
      ["payments-write", "write", ["bank"]],
      ["payments-admin", "admin", ["shop"]],
    ]);
    expect(inputs("code-user-ada-team-payments-admin")).toEqual({
      team: "id of code-team-payments-admin",
      username: "acme_ada",
    });
  });

  test.each(["owners", "admins", "application-managers", "developers", "auditors", "payments-write"])(
    "can't be %s",
    (id) => {
      const args = { system: "gitea", url: "https://git.example", teams: [...teams, { id }] } as const;
      expect(() => new SourceControl("code", args)).toThrow(
        expect.objectContaining({ code: "team-reserved" }),
      );
    },
  );
});

describe("an account", () => {
  test("is the tenant's by name and mark", async () => {
    const { inputs } = await code(everything);
    expect(inputs("code-user-ada")).toEqual({
      username: "acme_ada",
      email: "x@acme.example",
      fullName: "Ada Ash",
      enabled: true,
      adopt: false,
      mark: "tenantry: tenant acme",
    });
  });

  test.each([
    ["on the last day", { today: "2026-12-31" }, true],
    ["the day after", { today: "2027-01-01" }, false],
    ["of a suspended tenant", { today: "2026-12-01", enabled: false }, false],
  ])("%s", async (_when, admission, enabled) => {
    const { inputs, all } = await code({ ...everything, ...admission });
    expect(inputs("code-user-bob")).toMatchObject({ enabled });
    expect(all).toHaveLength(16);
  });

  test("is reset and taken over by the person's own word", async () => {
    const { inputs } = await code({ ...everything, people: [{ ...ada, reset: "lost-phone", adopt: true }] });
    expect(inputs("code-user-ada")).toMatchObject({ rotation: "lost-phone", adopt: true });
  });
});

describe("a repository", () => {
  test("is private and unprotected from the start", async () => {
    const { inputs } = await code({ repositories: [{ name: "shop" }] });
    expect(inputs("code-repository-shop")).toEqual({
      organization: "acme",
      name: "shop",
      description: "",
      private: true,
      defaultBranch: "main",
      topics: [],
      labels: [],
      archived: false,
      adopt: false,
    });
  });

  test("has what is declared", async () => {
    const labels = [{ name: "bug", color: "#ff0000", description: "wrong" }];
    const declared = {
      ...shop,
      visibility: "public",
      defaultBranch: "trunk",
      topics: ["till"],
      labels,
    } as const;
    const { inputs } = await code({ repositories: [{ ...declared, template: "acme/base", archived: true }] });
    expect(inputs("code-repository-shop")).toMatchObject({
      private: false,
      defaultBranch: "trunk",
      topics: ["till"],
      labels,
      template: "acme/base",
      archived: true,
      branchProtection: { branch: "trunk", approvals: 2, statusChecks: ["ci"] },
    });
    expect(inputs("code-repository-shop-file-docs/README.md")).toEqual({
      tenant: "acme",
      repository: "acme/shop",
      path: "docs/README.md",
      content: "# Shop",
    });
    expect(inputs("code-repository-shop-key-ci")).toEqual({ repository: "acme/shop", title: "ci", key });
  });

  test("says how to clone it; the address and the secret of a webhook are shown nowhere", async () => {
    const { component, all } = await code(everything);
    const hook = all.find((each) => each.startsWith("gitea:Webhook"))?.split("-webhook-")[1] ?? "";
    expect(hook).toMatch(/^ci\.example-[0-9a-f]{8}$/);
    expect(await resolved({ url: component.url, repositories: component.repositories })).toEqual({
      url: "https://git.example/acme",
      repositories: {
        shop: {
          url: "htmlUrl of code-repository-shop",
          clone: "cloneUrl of code-repository-shop",
          cloneBySsh: "sshUrl of code-repository-shop",
          webhookSecrets: { [hook]: { secret: `secret of code-repository-shop-webhook-${hook}` } },
        },
      },
    });
    const { component: plain } = await code({ repositories: [{ name: "shop" }] });
    expect(plain.repositories["shop"]).not.toHaveProperty("webhookSecrets");
  });

  test("can be taken over with its organization and teams by the section's word", async () => {
    const { inputs } = await code({ ...everything, adopt: true });
    for (const name of [
      "code-organization",
      "code-repository-shop",
      "code-team-payments",
      "code-role-auditor",
    ]) {
      expect([name, inputs(name)["adopt"]]).toEqual([name, true]);
    }
    expect(inputs("code-user-ada")).toMatchObject({ adopt: false });
  });
});

test("organization and repositories are protected; what is inside goes with them; memberships end by themselves", async () => {
  const { options, all, component } = await code(everything);
  const rules: readonly (readonly [RegExp, string | undefined])[] = [
    [/^code-organization$/, undefined],
    [/^code-(role|team)-/, "code-organization"],
    [/^code-user-/, undefined],
    [/^code-repository-shop$/, undefined],
    [/^code-repository-shop-/, "code-repository-shop"],
  ];
  const names = all.map((each) => each.slice(each.indexOf(" ") + 1)).filter((name) => name !== "code");
  for (const name of names) {
    const { parent, deletedWith, protect } = options(name);
    expect(parent).toBe(component);
    expect([name, nameOf(deletedWith)]).toEqual([name, rules.find(([rule]) => rule.test(name))?.[1]]);
    expect([name, protect ?? false]).toEqual([name, /^code-(organization|repository-shop)$/.test(name)]);
  }
  const { options: unprotected } = await code({ ...everything, protectRepositories: false });
  expect(unprotected("code-organization").protect).toBe(false);
  expect(unprotected("code-repository-shop").protect).toBe(false);
});

test("a person's access and everything that is theirs", async () => {
  const { component } = await code(everything);
  expect(await resolved(component.people["ada"])).toEqual({
    username: "acme_ada",
    oneTimePassword: { secret: "password of code-user-ada" },
    url: "https://git.example/acme",
  });
  expect(component.resources["ada"]?.map(nameOf)).toEqual([
    "code-user-ada",
    "code-user-ada-role",
    "code-user-ada-team-payments",
  ]);
});
