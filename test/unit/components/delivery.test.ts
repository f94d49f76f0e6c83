import { expect, test } from "@jest/globals";
import { Delivery, type DeliveryArgs } from "../../../components/delivery.ts";
import { declare, type Declaration } from "./declaration.ts";

const dev = { name: "dev", terraformVersion: "1.9.8" };
const prod = { name: "prod", terraformVersion: "1.9.8", after: ["dev"] };

const delivery = (args: Partial<DeliveryArgs> = {}): Promise<Declaration<Delivery>> =>
  declare(
    (options) =>
      new Delivery(
        "d",
        { url: "https://tfe.example", organization: "org", tenant: "acme", ...args },
        options,
      ),
  );

test("a tenant without environments has an empty project", async () => {
  const { all, inputs, options } = await delivery();
  expect(all).toEqual(["index:Delivery d", "project:Project d-project"]);
  expect(inputs("d-project")).toMatchObject({ organization: "org", name: "tenant-acme" });
  expect(options("d-project").protect).toBe(true);
});

test("each environment is a protected workspace with the tenant's tags, run by hand at first", async () => {
  const { inputs, options } = await delivery({ environments: [dev, prod], project: "Acme" });
  expect(inputs("d-project")).toMatchObject({ name: "Acme" });
  expect(inputs("d-workspace-dev")).toMatchObject({
    organization: "org",
    projectId: "id of d-project",
    name: "acme-dev",
    autoApply: false,
    terraformVersion: "1.9.8",
    workingDirectory: "",
    queueAllRuns: false,
    tagNames: ["tenant:acme", "environment:dev"],
  });
  expect(inputs("d-workspace-dev")["vcsRepo"]).toBeUndefined();
  expect(options("d-workspace-prod").protect).toBe(true);
  expect(inputs("d-workspace-prod-after-dev")).toEqual({
    workspaceId: "id of d-workspace-prod",
    sourceableId: "id of d-workspace-dev",
  });
});

test.each([
  [{ githubApp: "ghain-1" }, { githubAppInstallationId: "ghain-1" }],
  [{ oauthToken: "ot-1" }, { oauthTokenId: "ot-1" }],
] as const)("a repository is linked by %j", async (vcs, connection) => {
  const linked = { ...dev, repository: "acme/infra", branch: "live" };
  const { inputs } = await delivery({ vcs, environments: [linked, { ...prod, after: [] }] });
  expect(inputs("d-workspace-dev")["vcsRepo"]).toEqual({
    identifier: "acme/infra",
    branch: "live",
    ...connection,
  });
  expect(inputs("d-workspace-prod")["vcsRepo"]).toBeUndefined();
});

test("a sensitive variable is a secret; others can be read", async () => {
  const variables = [
    { key: "region", value: "eu" },
    { key: "TOKEN", value: "hush", sensitive: true, category: "env" },
  ] as const;
  const { inputs } = await delivery({ environments: [{ ...dev, variables }] });
  expect(inputs("d-workspace-dev-terraform-region")).toMatchObject({ sensitive: false });
  expect(inputs("d-workspace-dev-env-TOKEN")).toMatchObject({
    workspaceId: "id of d-workspace-dev",
    category: "env",
    value: { secret: "hush" },
    sensitive: true,
  });
});

test("a variable set is for the project, or for the environments that it names", async () => {
  const variables = [{ key: "a", value: "1" }];
  const { all, inputs } = await delivery({
    environments: [dev],
    variableSets: [
      { name: "shared", variables },
      { name: "some", variables: [], environments: ["dev"] },
    ],
  });
  expect(inputs("d-set-shared")).toMatchObject({ name: "acme-shared" });
  expect(inputs("d-set-shared-terraform-a")).toMatchObject({ variableSetId: "id of d-set-shared" });
  expect(inputs("d-set-shared-project")).toEqual({
    variableSetId: "id of d-set-shared",
    projectId: "id of d-project",
  });
  expect(inputs("d-set-some-dev")).toEqual({
    variableSetId: "id of d-set-some",
    workspaceId: "id of d-workspace-dev",
  });
  expect(all).not.toContain("projectVariableSet:ProjectVariableSet d-set-some-project");
});

test("a suspended tenant's teams stay, and may do nothing", async () => {
  const teams = [{ name: "developers", access: "write" }] as const;
  const { inputs } = await delivery({ teams });
  expect(inputs("d-team-developers")).toMatchObject({ name: "acme-developers", organization: "org" });
  expect(inputs("d-team-developers-access")).toMatchObject({
    access: "write",
    teamId: "id of d-team-developers",
  });
  const { all } = await delivery({ teams, enabled: false });
  expect(all.filter((each) => each.includes("developers"))).toEqual(["team:Team d-team-developers"]);
});

test("a notification has one secret, and goes to each workspace or to those that it names", async () => {
  const hook = { url: "https://hooks.example/key", triggers: ["run:errored"] };
  const { all, inputs, component } = await delivery({
    environments: [dev, prod],
    notifications: [
      { ...hook, name: "all" },
      { ...hook, name: "some", environments: ["prod"], enabled: false },
    ],
  });
  const notifications = all.filter((each) => each.startsWith("tfe:Notification"));
  expect(notifications).toEqual([
    "tfe:Notification d-notification-all-dev",
    "tfe:Notification d-notification-all-prod",
    "tfe:Notification d-notification-some-prod",
  ]);
  expect(inputs("d-notification-all-dev")).toMatchObject({
    workspace: "id of d-workspace-dev",
    url: { secret: hook.url },
    token: { secret: "password of d-notification-all" },
    enabled: true,
  });
  expect(inputs("d-notification-some-prod")).toMatchObject({ enabled: false });
  expect(Object.keys(component.notificationSecrets)).toEqual(["all", "some"]);
});
