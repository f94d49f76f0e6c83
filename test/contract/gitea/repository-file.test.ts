import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure as configureRepository } from "../../../providers/gitea/repository-implementation.ts";
import { configure } from "../../../providers/gitea/repository-file-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { basic, GiteaProbe, unique } from "../../support/gitea-probe.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];
type Outputs = Parameters<Implementation["delete"]>[1];

const organization = unique("files");
const place = `/repos/${organization}/docs`;
const path = "guide/how to #1 ünd ?.md";
const encoded = path.split("/").map(encodeURIComponent).join("/");
const inputs: Inputs = {
  tenant: organization,
  repository: `${organization}/docs`,
  path,
  content: "# How to\n\nÜnïcode, $HOME, `code`\r\nno newline at the end",
  branch: undefined,
  message: undefined,
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let file: ResourceSubject<Inputs, Outputs>;

const create = (news: Inputs = inputs): Promise<{ id: string; outputs: Outputs }> =>
  file.implementation.create(news);
const messages = async (branch = "main"): Promise<unknown[]> =>
  (await probe.list(`${place}/commits?sha=${branch}&limit=50`)).map(({ commit }) =>
    (commit as { message: string }).message.trim(),
  );
const text = async (query = ""): Promise<string> => {
  const { content } = await probe.call("GET", `${place}/contents/${encoded}${query}`);
  return Buffer.from(String(content), "base64").toString();
};
const byHand = async (content: string): Promise<void> => {
  const { sha } = await probe.call("GET", `${place}/contents/${encoded}`);
  const body = { sha, content: Buffer.from(content).toString("base64") };
  await probe.call("PUT", `${place}/contents/${encoded}`, body);
};

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  file = new ResourceSubject(configure(process.env));
  await probe.makeOrganization(organization);
});
beforeEach(async () => {
  proxy.clear();
  await probe.send("DELETE", place);
  const body = { name: "docs", auto_init: true, default_branch: "main" };
  await probe.call("POST", `/orgs/${organization}/repos`, body);
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [organization] });
});

describe("create", () => {
  test("commits the file as it is, with a message that names the tenant", async () => {
    const { id, outputs } = await create();
    expect(id).toBe(`${organization}/docs/${path}`);
    expect(await text()).toBe(inputs.content);
    expect(await file.found(id, outputs)).toEqual(outputs);
    expect(await file.differs(id, outputs, inputs)).toBe(false);
    expect(await messages()).toEqual([`Add ${path} for tenant ${organization}`, "Initial commit"]);
  });

  test("with the same content there is no commit; what is there otherwise is changed", async () => {
    await create();
    await create();
    expect(await messages()).toHaveLength(2);
    const readme = { ...inputs, path: "README.md", content: "" };
    const { id, outputs } = await create(readme);
    expect(await file.found(id, outputs)).toEqual(outputs);
    expect(outputs.content).toBe("");
    expect(await messages()).toContain(`Change README.md for tenant ${organization}`);
  });

  test("on another branch, with a message of its own", async () => {
    await probe.call("POST", `${place}/branches`, { new_branch_name: "dev/next" });
    const news = { ...inputs, branch: "dev/next", message: "As we like it" };
    const { id, outputs } = await create(news);
    expect(id).toBe(`${organization}/docs/${path}?dev/next`);
    expect(await file.found(id, outputs)).toEqual(outputs);
    expect(await text("?ref=dev/next")).toBe(inputs.content);
    expect(await messages("dev/next")).toContain("As we like it");
    expect(await messages()).toEqual(["Initial commit"]);
  });

  test.each(["cut after", "reset"] as const)("%s: one commit, no error", async (fault) => {
    proxy.once({ method: "PUT" }, fault);
    const { id, outputs } = await configure(probe.environment(proxy.url)).create(inputs);
    expect(await file.found(id, outputs)).toEqual(outputs);
    expect(await messages()).toHaveLength(2);
  });

  test("ten files at once, and commits of others between them", async () => {
    const paths = Array.from({ length: 10 }, (_, index) => `many/${index}.txt`);
    const others = (async () => {
      for (let index = 0; index < 5; index += 1) {
        await probe.send("POST", `${place}/contents/theirs/${index}.txt`, { content: "aGk=" });
      }
    })();
    const made = await Promise.all(paths.map((each) => create({ ...inputs, path: each })));
    await others;
    const found = await Promise.all(made.map(({ id, outputs }) => file.found(id, outputs)));
    expect(found.map((each) => each.path)).toEqual(paths);
    const ours = (await messages()).filter((message) => String(message).includes(organization));
    expect(ours).toHaveLength(10);
  });

  test("somebody changes it between our look and our commit: ours is made on top", async () => {
    const { id, outputs } = await create();
    const behindProxy = configure(probe.environment(proxy.url));
    const news = { ...inputs, content: "ours" };
    proxy.once({ method: "PUT" }, { status: 422, body: `{"message":"sha does not match"}` });
    const updating = behindProxy.update(id, outputs, news);
    // Whoever comes second is told to look again: on a busy machine that may be them.
    await byHand("theirs").catch(() => undefined);
    const updated = await updating;
    expect(await file.found(id, updated)).toEqual(updated);
    expect(await text()).toBe("ours");
  });

  test.each<[string, Partial<Inputs>, string]>([
    ["repository", { repository: `${organization}/nowhere` }, "repository-missing"],
    ["branch", { branch: "nowhere" }, "repository-missing"],
    ["room: the path is a folder", { path: "folder" }, "file-refused"],
    ["room: a file is where a folder should be", { path: "README.md/x" }, "file-refused"],
  ])("says so when there is no %s", async (_what, change, code) => {
    await create({ ...inputs, path: "folder/x" });
    await expect(create({ ...inputs, ...change })).rejects.toMatchObject({
      code,
      system: "Gitea",
      message: expect.stringContaining(change.path ?? path),
    });
  });
});

describe("update and changes by hand", () => {
  test("new content is a commit, a new message alone is none", async () => {
    const { id, outputs } = await create();
    const worded = { ...inputs, message: "Words" };
    expect(await file.differs(id, outputs, worded)).toBe(true);
    const updated = await file.implementation.update(id, outputs, worded);
    expect(await messages()).toHaveLength(2);
    const news = { ...worded, content: "Other" };
    const changed = await file.implementation.update(id, updated, news);
    expect(changed.sha).not.toBe(outputs.sha);
    expect(await file.found(id, changed)).toEqual(changed);
    expect((await messages())[0]).toBe("Words");
  });

  test("changed by hand: seen and repaired", async () => {
    const { id, outputs } = await create();
    await byHand("theirs");
    const drifted = await file.found(id, outputs);
    expect(drifted).toMatchObject({ content: "theirs" });
    expect(await file.differs(id, outputs, inputs)).toBe(true);
    expect(await file.implementation.update(id, drifted, inputs)).toEqual(outputs);
    expect(await text()).toBe(inputs.content);
  });

  test("removed by hand: gone for read, made again by create and by update", async () => {
    const { id, outputs } = await create();
    await file.implementation.delete(id, outputs);
    expect(await file.implementation.read(id, outputs)).toBeUndefined();
    await file.implementation.update(id, outputs, inputs);
    expect(await text()).toBe(inputs.content);
  });

  test.each<[string, Partial<Inputs>]>([
    ["repository", { repository: `${organization}/other` }],
    ["path", { path: "other.md" }],
    ["branch", { branch: "dev" }],
  ])("another %s is another file", async (field, change) => {
    const { id, outputs } = await create();
    const { replaces } = await file.provider.diff(id, { ...outputs }, { ...inputs, ...change });
    expect(replaces).toEqual([field]);
  });
});

describe("repositories that take no changes", () => {
  const settings = {
    organization,
    name: "docs",
    description: "",
    private: true,
    template: undefined,
    defaultBranch: "main",
    topics: [],
    labels: [],
    archived: false,
    adopt: true,
  };

  test("an archived one is opened for the commit and closed again", async () => {
    const { id, outputs } = await create();
    await probe.call("PATCH", place, { archived: true });
    const updated = await file.implementation.update(id, outputs, { ...inputs, content: "x" });
    await file.implementation.delete(id, updated);
    expect(await messages()).toHaveLength(4);
    expect((await probe.call("GET", place))["archived"]).toBe(true);
  });

  test("a protected branch takes our commits, and no administrator's of the repository", async () => {
    const branchProtection = {
      branch: "main",
      approvals: 1,
      requireSignedCommits: false,
      statusChecks: ["build"],
      exceptions: [],
    };
    await configureRepository(process.env).create({ ...settings, branchProtection });
    const { id, outputs } = await create();
    expect(await file.found(id, outputs)).toEqual(outputs);
    const owner = { username: `${organization}-ada`, password: "theirs-A1-theirs" };
    const account = { ...owner, email: `${owner.username}@files.example`, must_change_password: false };
    await probe.call("POST", "/admin/users", account);
    const [owners] = await probe.list(`/orgs/${organization}/teams`);
    await probe.call("PUT", `/teams/${String(owners?.["id"])}/members/${owner.username}`);
    const body = { content: "aGk=" };
    const refused = await probe.send("POST", `${place}/contents/x.txt`, body, basic(owner));
    expect(refused.status).toBe(403);
    await probe.remove({ users: [owner.username] });
  });

  test.each([
    ["somebody else's rule", { rule_name: "main" }],
    ["signed commits", { rule_name: "main", enable_push: true, require_signed_commits: true }],
  ])("%s: who has to let us in is said", async (_what, rule) => {
    await probe.call("POST", `${place}/branch_protections`, rule);
    const { login } = await probe.call("GET", "/user");
    await expect(create()).rejects.toMatchObject({
      code: "branch-protected",
      fix: expect.stringContaining(String(login)),
    });
  });
});

describe("delete", () => {
  test("commits the removal, works twice, and when the repository is gone", async () => {
    const { id, outputs } = await create();
    await file.implementation.delete(id, outputs);
    expect((await messages())[0]).toBe(`Remove ${path} for tenant ${organization}`);
    await file.implementation.delete(id, outputs);
    expect(await messages()).toHaveLength(3);
    await probe.call("DELETE", place);
    await file.implementation.delete(id, outputs);
  });

  test("a lost answer is no error", async () => {
    const { id, outputs } = await create();
    proxy.once({ method: "DELETE" }, "cut after");
    await configure(probe.environment(proxy.url)).delete(id, outputs);
    expect(await file.implementation.read(id, outputs)).toBeUndefined();
    expect(await messages()).toHaveLength(3);
  });
});

describeHttpFailures({
  system: "Gitea",
  url: () => probe.url,
  secrets: () => [probe.token],
  read: (url) => configure(probe.environment(url)).read("", { ...inputs, path: "README.md", sha: "" }),
  create: (url) => configure(probe.environment(url)).create(inputs),
});
