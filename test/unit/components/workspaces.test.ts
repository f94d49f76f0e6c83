import { describe, expect, test } from "@jest/globals";
import { Workspaces, type WorkspacesArgs } from "../../../components/workspaces.ts";
import { timeToLive } from "../../../components/workspaces/times.ts";
import { declare, nameOf, resolved, type Declaration } from "./declaration.ts";

const person = { firstName: "Ada", lastName: "Ash", email: "x@acme.example", role: "developer" } as const;
const ada = { ...person, username: "ada", teams: ["platform"] };
const bob = { ...person, username: "bob.b_c", expires: "2026-12-31" };

const coder = (args: Partial<WorkspacesArgs> = {}): Promise<Declaration<Workspaces>> =>
  declare(
    (options) => new Workspaces("dev", { url: "https://coder.example", tenant: "acme", ...args }, options),
  );

/** Any folder with a `.tf` file in it. */
const folder = "test/unit/components/template";
const templates = [{ name: "shell", folder, displayName: "Shell", variables: { image: "debian" } }];
const personal = { template: "shell", name: "main" };

test("each person has an account; a workspace when there is a personal one", async () => {
  expect((await coder({ people: [ada, bob] })).all).toEqual([
    "coder:User dev-user-ada",
    "coder:User dev-user-bob.b_c",
    "index:Workspaces dev",
  ]);
  expect((await coder({ people: [ada, bob], templates, personal })).all).toEqual([
    "coder:Template dev-template-shell",
    "coder:User dev-user-ada",
    "coder:User dev-user-bob.b_c",
    "coder:Workspace dev-user-ada-workspace",
    "coder:Workspace dev-user-bob.b_c-workspace",
    "index:Workspaces dev",
  ]);
});

test("an organization and groups are made when asked for, and everything is in them", async () => {
  const groups = [{ id: "platform", name: "Platform" }, { id: "payments" }];
  const args = { people: [ada, bob], templates, organization: "acme-corp", displayName: "Acme", groups };
  const { all, inputs, options } = await coder(args);
  expect(all.filter((each) => /Organization|Group/.test(each))).toEqual([
    "coder:Group dev-group-payments",
    "coder:Group dev-group-platform",
    "coder:Organization dev-organization",
  ]);
  expect(inputs("dev-organization")).toMatchObject({
    tenant: "acme",
    name: "acme-corp",
    displayName: "Acme",
  });
  for (const name of ["dev-template-shell", "dev-user-ada", "dev-group-platform"]) {
    expect([name, inputs(name)["organization"]]).toEqual([name, "acme-corp"]);
  }
  expect(inputs("dev-group-platform")).toMatchObject({
    name: "acme-platform",
    displayName: "Platform",
    members: ["id of dev-user-ada"],
  });
  expect(inputs("dev-group-payments")).toMatchObject({ members: [] });
  expect(options("dev-organization")).toMatchObject({ protect: true });
  const { options: unprotected } = await coder({ ...args, protectOrganization: false });
  expect(unprotected("dev-organization")).toMatchObject({ protect: false });
});

test("a template is named after the tenant and follows its folder", async () => {
  const { inputs } = await coder({ templates });
  expect(inputs("dev-template-shell")).toMatchObject({
    tenant: "acme",
    name: "acme-shell",
    displayName: "Shell",
    folder,
    variables: { secret: { image: "debian" } },
    adopt: false,
  });
  expect(inputs("dev-template-shell")["content"]).toMatch(/^[0-9a-f]{64}$/);
  expect(inputs("dev-template-shell")).not.toHaveProperty("organization");
});

describe("an account", () => {
  test("has a name that Coder takes, and no role on the server", async () => {
    const { inputs } = await coder({ people: [bob], today: "2026-12-31" });
    expect(inputs("dev-user-bob.b_c")).toMatchObject({
      tenant: "acme",
      username: "acme-bob-b-c",
      name: "Ada Ash",
      email: "x@acme.example",
      roles: [],
      enabled: true,
      adopt: false,
    });
  });

  test.each([
    ["the day after the last", { today: "2027-01-01" }],
    ["of a suspended tenant", { today: "2026-12-01", enabled: false }],
  ])("%s is suspended and keeps its workspace", async (_when, admission) => {
    const { inputs, all } = await coder({ people: [bob], templates, personal, ...admission });
    expect(inputs("dev-user-bob.b_c")).toMatchObject({ enabled: false });
    expect(all).toContain("coder:Workspace dev-user-bob.b_c-workspace");
  });

  test("is reset and taken over by the person's own word, their workspace with it", async () => {
    const people = [{ ...ada, reset: "lost-phone", adopt: true }];
    const { inputs } = await coder({ people, templates, personal });
    expect(inputs("dev-user-ada")).toMatchObject({ rotation: "lost-phone", adopt: true });
    expect(inputs("dev-user-ada-workspace")).toMatchObject({ adopt: true });
    expect(inputs("dev-template-shell")).toMatchObject({ adopt: false });
  });
});

test("a workspace is its owner's, from the template, with the times that are declared", async () => {
  const autostart = { schedule: "0 8 * * 1-5", timezone: "Europe/Berlin" };
  const { inputs, options } = await coder({
    people: [ada],
    templates,
    personal: { ...personal, parameters: { region: "eu" }, autostart, stopAfter: "8h" },
  });
  expect(inputs("dev-user-ada-workspace")).toMatchObject({
    tenant: "acme",
    name: "main",
    owner: "acme-ada",
    template: "id of dev-template-shell",
    parameters: { region: "eu" },
    autostart: "CRON_TZ=Europe/Berlin 0 8 * * 1-5",
    ttl: "8h",
  });
  // Coder keeps a suspended owner's workspaces, so each is deleted by itself.
  expect(options("dev-user-ada-workspace").deletedWith).toBeUndefined();
});

test.each([
  ["8h", "8h"],
  ["90m", "1h30m"],
  ["2d", "48h"],
  ["45m", "45m"],
  ["3600s", "1h"],
])("%s is %s to Coder", (declared, expected) => {
  expect(timeToLive(declared)).toBe(expected);
});

test("a personal workspace needs a template that is declared", () => {
  const url = "https://coder.example";
  expect(() => new Workspaces("dev", { url, people: [ada], personal })).toThrow(
    "template shell is not declared",
  );
});

test("outputs lead to the workspace, or to Coder where there is none", async () => {
  const given = { "dev-user-ada-workspace": { url: "https://coder.example/@acme-ada/main" } };
  const { component } = await declare(
    () =>
      new Workspaces("dev", {
        url: "https://coder.example",
        tenant: "acme",
        people: [ada],
        templates,
        personal,
      }),
    given,
  );
  expect(await resolved({ templates: component.templates, people: component.people })).toEqual({
    templates: { shell: "acme-shell" },
    people: {
      ada: {
        username: "acme-ada",
        oneTimePassword: { secret: "password of dev-user-ada" },
        url: "https://coder.example/@acme-ada/main",
      },
    },
  });
  expect(component.resources["ada"]?.map(nameOf)).toEqual(["dev-user-ada", "dev-user-ada-workspace"]);
  const without = await coder({ people: [ada] });
  expect(await resolved(without.component.people)).toMatchObject({ ada: { url: "https://coder.example" } });
  expect(without.component.resources["ada"]?.map(nameOf)).toEqual(["dev-user-ada"]);
});

test("children are the component's", async () => {
  const { all, options, component } = await coder({ people: [ada], templates, personal });
  for (const each of all.filter((name) => !name.endsWith(" dev"))) {
    expect(options(each.split(" ").at(-1) ?? "").parent).toBe(component);
  }
});
