import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  configure,
  type RepositoryInputs,
  type RepositoryOutputs,
} from "../../../providers/gitea/repository-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";

const organization = unique("repos");
const elsewhere = unique("repos-2");
const place = `/repos/${organization}/billing`;
const protection: NonNullable<RepositoryInputs["branchProtection"]> = {
  branch: "main",
  approvals: 2,
  requireSignedCommits: false,
  statusChecks: ["build", "test"],
  exceptions: [],
};
const inputs: RepositoryInputs = {
  organization,
  name: "billing",
  description: "Who owes what <b>",
  private: true,
  template: undefined,
  defaultBranch: "main",
  topics: ["money", "node"],
  labels: [
    { name: "bug", color: "d73a4a", description: "It breaks" },
    { name: "question", color: "0075ca", description: "" },
  ],
  archived: false,
  branchProtection: protection,
  adopt: false,
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let repository: ResourceSubject<RepositoryInputs, RepositoryOutputs>;

const create = (news: RepositoryInputs = inputs): Promise<{ id: string; outputs: RepositoryOutputs }> =>
  repository.implementation.create(news);
const commits = (path = place): Promise<Record<string, unknown>[]> => probe.list(`${path}/commits`);
const byHand = (change: object = {}): Promise<unknown> =>
  probe.call("POST", `/orgs/${organization}/repos`, { name: "billing", auto_init: true, ...change });

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  repository = new ResourceSubject(configure(process.env));
  await probe.makeOrganization(organization);
  await probe.makeOrganization(elsewhere);
  const blueprint = { name: "blueprint", auto_init: true, private: true };
  await probe.call("POST", `/orgs/${elsewhere}/repos`, blueprint);
  await probe.call("POST", `/repos/${elsewhere}/blueprint/contents/start.txt`, { content: "aGk=" });
  await probe.call("PATCH", `/repos/${elsewhere}/blueprint`, { template: true });
});
beforeEach(async () => {
  proxy.clear();
  for (const name of ["billing", "invoices"]) await probe.send("DELETE", `/repos/${organization}/${name}`);
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [organization, elsewhere] });
});

describe("create", () => {
  test("makes a repository with a first commit and everything that is declared", async () => {
    const { id, outputs } = await create();
    expect(await repository.found(id, outputs)).toEqual(outputs);
    expect(await repository.differs(id, outputs, inputs)).toBe(false);
    expect(await commits()).toHaveLength(1);
    expect(outputs).toMatchObject({
      htmlUrl: `${probe.url}/${organization}/billing`,
      cloneUrl: `${probe.url}/${organization}/billing.git`,
      sshUrl: expect.stringContaining(`${organization}/billing.git`),
    });
  });

  test("makes one from a template", async () => {
    const news = {
      ...inputs,
      template: `${elsewhere}/blueprint`,
      defaultBranch: "trunk",
      branchProtection: undefined,
    };
    const { id, outputs } = await create(news);
    expect(await repository.found(id, outputs)).toEqual(outputs);
    expect(await probe.call("GET", `${place}/contents/start.txt`)).toMatchObject({ content: "aGk=" });
    expect((await create(news)).id).toBe(id);
  });

  test.each([
    ["isn't there", "nowhere"],
    ["is no template", "billing-plain"],
  ])("says so when the template %s", async (_what, name) => {
    if (name !== "nowhere") {
      await probe.call("POST", `/orgs/${elsewhere}/repos`, { name, auto_init: true });
    }
    await expect(create({ ...inputs, template: `${elsewhere}/${name}` })).rejects.toMatchObject({
      code: "template-missing",
      fix: expect.stringContaining(name),
    });
    expect(await probe.status("GET", place)).toBe(404);
  });

  test.each([
    ["the repository", { method: "POST", path: /\/repos$/ }],
    ["a label", { method: "POST", path: /labels/ }],
    ["the topics", { method: "PUT", path: /topics/ }],
    ["the branch's rule", { method: "POST", path: /branch_protections/ }],
  ])("finishes what a try began whose answer was lost: %s", async (_what, match) => {
    proxy.once(match, "cut after");
    const { id, outputs } = await configure(probe.environment(proxy.url)).create(inputs);
    expect(await repository.found(id, outputs)).toEqual(outputs);
    // And what a killed run left.
    expect((await create()).id).toBe(id);
  });

  test("the same one three times at once is one", async () => {
    const made = await Promise.all([1, 2, 3].map(() => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await repository.found(made[0]?.id ?? "", made[0]?.outputs ?? (await create()).outputs)).toEqual(
      made[0]?.outputs,
    );
  });

  test.each<[string, object, () => Promise<unknown>]>([
    ["with another description", { description: "Theirs" }, () => Promise.resolve()],
    [
      "with a second commit",
      { description: inputs.description },
      () => probe.call("POST", `${place}/contents/work.txt`, { content: "aGk=" }),
    ],
    [
      "with an issue",
      { description: inputs.description },
      () => probe.call("POST", `${place}/issues`, { title: "Something" }),
    ],
  ])("refuses one %s, adopts it when it is told to", async (_what, change, work) => {
    await byHand(change);
    await work();
    const before = await commits();
    await expect(create()).rejects.toMatchObject({
      code: "repository-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    const { id, outputs } = await create({ ...inputs, adopt: true });
    expect(await repository.found(id, outputs)).toEqual(outputs);
    expect(await commits()).toEqual(before);
  });

  test("can be made archived", async () => {
    const news = { ...inputs, archived: true };
    const { id, outputs } = await create(news);
    expect(await repository.found(id, outputs)).toEqual(outputs);
  });

  test("a name that something had once is free", async () => {
    const { id, outputs } = await create();
    await repository.implementation.update(id, outputs, { ...inputs, name: "invoices" });
    expect((await create()).id).not.toBe(id);
  });
});

const changes: [string, Partial<RepositoryInputs>][] = [
  ["name", { name: "invoices" }],
  ["description", { description: "" }],
  ["private", { private: false }],
  ["defaultBranch, which isn't there yet", { defaultBranch: "release/1" }],
  ["topics", { topics: ["node", "sql"] }],
  ["topics to none", { topics: [] }],
  ["labels", { labels: [{ name: "bug", color: "ffffff", description: "" }] }],
  ["labels to none", { labels: [] }],
  ["archived", { archived: true }],
  ["the rule's approvals", { branchProtection: { ...protection, approvals: 0 } }],
  ["the rule's signatures", { branchProtection: { ...protection, requireSignedCommits: true } }],
  ["the rule's checks", { branchProtection: { ...protection, statusChecks: [] } }],
  ["the rule's branch", { branchProtection: { ...protection, branch: "release/*" } }],
  ["the rule to none", { branchProtection: undefined }],
];

describe("update", () => {
  test.each(changes)("changes %s, there and back", async (_field, change) => {
    const { id, outputs } = await create();
    const news = { ...inputs, ...change };
    expect(await repository.differs(id, outputs, news)).toBe(true);
    const updated = await repository.implementation.update(id, outputs, news);
    expect(updated).toMatchObject(news);
    expect(await repository.found(id, updated)).toEqual(updated);
    expect(await repository.differs(id, updated, news)).toBe(false);
    const back = await repository.implementation.update(id, updated, inputs);
    expect(back).toEqual(outputs);
    expect(await repository.found(id, back)).toEqual(outputs);
    const rules = await probe.list(`${place}/branch_protections`);
    expect(rules.map(({ rule_name }) => rule_name)).toEqual(["main"]);
  });

  test("changes an archived one, which stays archived", async () => {
    const archived = { ...inputs, archived: true };
    const { id, outputs } = await create(archived);
    const news = {
      ...archived,
      description: "Old",
      labels: [],
      topics: ["old"],
      branchProtection: undefined,
    };
    const updated = await repository.implementation.update(id, outputs, news);
    expect(await repository.found(id, updated)).toEqual(updated);
    expect(updated.archived).toBe(true);
  });

  test("another organization is another repository", async () => {
    const { id, outputs } = await create();
    const { replaces } = await repository.provider.diff(
      id,
      { ...outputs },
      { ...inputs, organization: elsewhere },
    );
    expect(replaces).toEqual(["organization"]);
  });
});

describe("changes by hand", () => {
  const rule = `${place}/branch_protections/main`;
  test.each<[string, () => Promise<unknown>, object]>([
    [
      "renamed",
      () => probe.call("PATCH", place, { name: "invoices" }),
      {
        name: "invoices",
        htmlUrl: expect.any(String),
        cloneUrl: expect.any(String),
        sshUrl: expect.any(String),
      },
    ],
    ["described", () => probe.call("PATCH", place, { description: "x" }), { description: "x" }],
    ["public", () => probe.call("PATCH", place, { private: false }), { private: false }],
    ["archived", () => probe.call("PATCH", place, { archived: true }), { archived: true }],
    [
      "another default branch",
      async () => {
        await probe.call("POST", `${place}/branches`, { new_branch_name: "dev" });
        await probe.call("PATCH", place, { default_branch: "dev" });
      },
      { defaultBranch: "dev" },
    ],
    [
      "a topic more",
      () => probe.call("PUT", `${place}/topics/extra`),
      { topics: ["extra", "money", "node"] },
    ],
    [
      "a label twice",
      () => probe.call("POST", `${place}/labels`, { name: "bug", color: "#000000" }),
      { labels: expect.arrayContaining([expect.objectContaining({ name: "bug", color: "000000" })]) },
    ],
    [
      "fewer approvals",
      () => probe.call("PATCH", rule, { required_approvals: 0 }),
      { branchProtection: { ...protection, approvals: 0 } },
    ],
    [
      "history can be overwritten",
      () => probe.call("PATCH", rule, { enable_push: true, enable_force_push: true }),
      { branchProtection: { ...protection, exceptions: ["enable_force_push: true"] } },
    ],
    [
      "everybody may push",
      () => probe.call("PATCH", rule, { enable_push: true, enable_push_whitelist: false }),
      {
        branchProtection: {
          ...protection,
          exceptions: expect.arrayContaining(["enable_push_whitelist: false"]),
        },
      },
    ],
    [
      "checks switched off",
      () => probe.call("PATCH", rule, { enable_status_check: false }),
      { branchProtection: { ...protection, exceptions: ["status checks switched"] } },
    ],
    ["no rule", () => probe.call("DELETE", rule), { branchProtection: undefined }],
  ])("%s: seen and repaired", async (_what, change, seen) => {
    const { id, outputs } = await create();
    await change();
    const drifted = await repository.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    const { changes: differs, replaces } = await repository.provider.diff(id, { ...drifted }, { ...inputs });
    expect([differs, replaces]).toEqual([true, []]);
    const repaired = await repository.implementation.update(id, drifted, inputs);
    expect(repaired).toEqual(outputs);
    expect(await repository.found(id, repaired)).toEqual(outputs);
  });

  test("rules of other branches are people's own", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `${place}/branch_protections`, { rule_name: "dev" });
    expect(await repository.found(id, outputs)).toEqual(outputs);
    await repository.implementation.update(id, outputs, { ...inputs, description: "x" });
    expect(await probe.list(`${place}/branch_protections`)).toHaveLength(2);
  });

  test("removed: gone for read, told by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", place);
    expect(await repository.implementation.read(id, outputs)).toBeUndefined();
    await expect(repository.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "repository-missing",
    });
    expect((await create()).id).not.toBe(id);
  });

  test("transferred to another owner: out of our hands, and never deleted", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `${place}/transfer`, { new_owner: elsewhere });
    expect(await repository.implementation.read(id, outputs)).toBeUndefined();
    await repository.implementation.delete(id, outputs);
    expect(await probe.status("GET", `/repos/${elsewhere}/billing`)).toBe(200);
    const made = await create();
    expect(await repository.found(made.id, made.outputs)).toEqual(made.outputs);
    await probe.call("DELETE", `/repos/${elsewhere}/billing`);
  });
});

test("delete removes it, renamed and archived too, and works twice", async () => {
  const { id, outputs } = await create({ ...inputs, archived: true });
  await probe.call("PATCH", place, { name: "invoices" });
  await repository.implementation.delete(id, outputs);
  expect(await probe.status("GET", `/repositories/${id}`)).toBe(404);
  await repository.implementation.delete(id, outputs);
});

describe("check", () => {
  test("topics and labels are brought into one form, which stays as it is", async () => {
    const news = {
      ...inputs,
      topics: ["SQL", "node", "node "],
      labels: [
        { name: "z", color: "#ABCDEF" },
        { name: "a", color: "000000" },
      ],
    };
    const { inputs: once, failures } = await repository.provider.check({}, news);
    expect(failures).toEqual([]);
    expect(once).toMatchObject({
      topics: ["node", "sql"],
      labels: [{ name: "a" }, { name: "z", color: "abcdef", description: "" }],
    });
    expect((await repository.provider.check({}, once)).inputs).toEqual(once);
  });
});

describeHttpFailures({
  system: "Gitea",
  url: () => probe.url,
  secrets: () => [probe.token],
  read: async (url) => {
    const { id } = await probe.call("GET", `/repos/${elsewhere}/blueprint`);
    const addresses = { htmlUrl: "", cloneUrl: "", sshUrl: "" };
    const state = { ...inputs, ...addresses, organization: elsewhere };
    return configure(probe.environment(url)).read(String(id), state);
  },
  create: (url) => configure(probe.environment(url)).create(inputs),
});
