import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  configure,
  type UserInputs,
  type UserOutputs,
} from "../../../providers/gitea/user-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { basic, GiteaProbe, newKey, unique } from "../../support/gitea-probe.ts";

const tenant = unique("user");
const name = `${tenant}_alice`;
const other = `${tenant}_bob`;
const organization = unique("users");
const folder = mkdtempSync(join(tmpdir(), "tenantry-user-"));
const inputs: UserInputs = {
  username: name,
  email: `alice@${tenant}.example`,
  fullName: "Alice Adams",
  enabled: true,
  admin: false,
  restricted: true,
  rotation: undefined,
  adopt: false,
  mark: `tenantry: tenant ${tenant}`,
  visibility: "private",
  renamed: "",
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let user: ResourceSubject<UserInputs, UserOutputs>;
let behindProxy: ResourceSubject<UserInputs, UserOutputs>;

const create = (news: UserInputs = inputs): Promise<{ id: string; outputs: UserOutputs }> =>
  user.implementation.create(news);
const signsIn = (outputs: UserOutputs): Promise<boolean> => probe.signsIn(outputs);
/** As after the first sign-in: until then Gitea refuses all but a new password. */
const usePassword = (outputs: UserOutputs): Promise<void> =>
  probe.editUser(outputs.username, { must_change_password: false });
const byHand = async (change: object = {}): Promise<void> => {
  await probe.call("POST", "/admin/users", {
    username: name,
    email: inputs.email,
    password: "theirs-A1-theirs",
    must_change_password: false,
    ...change,
  });
};
const exists = async (username = name): Promise<boolean> =>
  (await probe.status("GET", `/users/${username}`)) === 200;
const ownRepository = async (): Promise<void> => {
  await probe.call("POST", `/admin/users/${name}/repos`, { name: "mine", private: true, auto_init: true });
};

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  user = new ResourceSubject(configure(process.env));
  behindProxy = new ResourceSubject(configure(probe.environment(proxy.url)));
});
beforeEach(async () => {
  proxy.clear();
  await probe.remove({ organizations: [organization], users: [name, other, `${name}2`] });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await proxy.close();
  await probe.remove({ organizations: [organization], users: [name, other, `${name}2`] });
});

describe("create", () => {
  test("makes an account that signs in with a one-time password and is marked as ours", async () => {
    const { id, outputs } = await create();
    expect(outputs.password).toMatch(/^[A-Za-z][A-Za-z0-9._-]{31}$/);
    expect(await signsIn(outputs)).toBe(true);
    expect(await user.found(id, outputs)).toEqual(outputs);
    expect(await user.differs(id, outputs, inputs)).toBe(false);
    // The password has to be changed first.
    expect(await probe.status("GET", "/user", basic(outputs))).toBe(403);
    await usePassword(outputs);
    expect(await probe.call("GET", "/user", undefined, basic(outputs))).toMatchObject({ login: name });
  });

  test("only administrators see the mark, and other tenants' people don't see the account", async () => {
    const { outputs } = await create();
    const bob = await create({ ...inputs, username: other, email: `bob@${tenant}.example` });
    await usePassword(bob.outputs);
    expect(await probe.status("GET", `/users/${name}`, basic(bob.outputs))).toBe(404);
    await probe.editUser(name, { visibility: "public" });
    const { login_name: mark } = await probe.call("GET", `/users/${name}`, undefined, basic(bob.outputs));
    expect(mark).toBe("");
    expect((await probe.call("GET", `/users/${name}`))["login_name"]).toBe(outputs.mark);
  });

  test("finishes what a try began whose answer was lost: one account, no error", async () => {
    proxy.once({ method: "POST", path: /\/admin\/users$/ }, "cut after");
    const { id, outputs } = await behindProxy.implementation.create(inputs);
    expect(
      proxy.calls.filter(({ method, path }) => method === "POST" && path.endsWith("/users")),
    ).toHaveLength(1);
    expect(await signsIn(outputs)).toBe(true);
    expect(await user.found(id, outputs)).toEqual(outputs);
  });

  test("the same account five times at once is one", async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test.each([
    ["without a mark", {}, /adopt: true/],
    ["of another tenant", { login_name: "tenantry: tenant other" }, /another name/],
  ])("refuses an account %s and leaves it alone", async (_what, change, fix) => {
    await byHand(change);
    await expect(create()).rejects.toMatchObject({
      code: "user-not-ours",
      system: "Gitea",
      fix: expect.stringMatching(fix),
    });
    expect(await probe.signsIn({ username: name, password: "theirs-A1-theirs" })).toBe(true);
  });

  test("adopts an account when it is told to, with a new password and without its old tokens", async () => {
    await byHand({ full_name: "Old" });
    const theirs = { username: name, password: "theirs-A1-theirs" };
    const token = await probe.tokenOf(theirs);
    const { id, outputs } = await create({ ...inputs, adopt: true });
    expect(await user.found(id, outputs)).toEqual(outputs);
    expect(await probe.signsIn(theirs)).toBe(false);
    expect(await signsIn(outputs)).toBe(true);
    await usePassword(outputs);
    expect(await probe.status("GET", "/user", `token ${token}`)).toBe(401);
  });

  test("adopts no other tenant's account, and not its own", async () => {
    await byHand({ login_name: "tenantry: tenant other" });
    await expect(create({ ...inputs, adopt: true })).rejects.toMatchObject({ code: "user-not-ours" });
    const { login } = await probe.call("GET", "/user");
    await expect(create({ ...inputs, username: String(login), adopt: true })).rejects.toMatchObject({
      code: "user-not-ours",
      message: expect.stringContaining("works with"),
    });
    expect(await probe.status("GET", "/user")).toBe(200);
  });

  test.each<[string, Partial<UserInputs>, string]>([
    ["a name with two underscores", { username: `${tenant}__x` }, "user-refused"],
    ["a name with a space", { username: `${tenant} x` }, "user-refused"],
    ["a reserved name", { username: "api" }, "user-refused"],
    ["no address", { email: "nowhere" }, "user-refused"],
    ["a name of 101 characters", { fullName: "x".repeat(101) }, "user-refused"],
  ])("%s is refused with what to change", async (_what, change, code) => {
    await expect(create({ ...inputs, ...change })).rejects.toMatchObject({
      code,
      fix: expect.stringContaining("tenant's file"),
    });
  });

  test("says whose address is taken", async () => {
    await create();
    const news = { ...inputs, username: other };
    await expect(create(news)).rejects.toMatchObject({ code: "email-taken" });
  });

  test("an account can start switched off", async () => {
    const { id, outputs } = await create({ ...inputs, enabled: false });
    expect(await signsIn(outputs)).toBe(false);
    expect(await user.found(id, outputs)).toEqual(outputs);
  });
});

describe("update", () => {
  test.each<[string, Partial<UserInputs>]>([
    ["email", { email: `ally@${tenant}.example` }],
    ["fullName", { fullName: "Ally Ünal <b>" }],
    ["enabled", { enabled: false }],
    ["admin", { admin: true }],
    ["restricted", { restricted: false }],
    ["mark", { mark: `tenantry: tenant ${tenant}-new` }],
  ])("changes %s and keeps the password", async (_field, change) => {
    const { id, outputs } = await create();
    const news = { ...inputs, ...change };
    expect(await user.differs(id, outputs, news)).toBe(true);
    const updated = await user.implementation.update(id, outputs, news);
    expect(updated).toEqual({ ...outputs, ...change });
    expect(await user.found(id, updated)).toEqual(updated);
    expect(await user.differs(id, updated, news)).toBe(false);
    const back = await user.implementation.update(id, updated, inputs);
    expect(await user.found(id, back)).toEqual(outputs);
    expect(await signsIn(back)).toBe(true);
  });

  test("another username is another account", async () => {
    const { id, outputs } = await create();
    const { replaces } = await user.provider.diff(id, { ...outputs }, { ...inputs, username: other });
    expect(replaces).toEqual(["username"]);
  });

  test("a new rotation sets a new password and takes tokens away", async () => {
    const { id, outputs } = await create();
    await usePassword(outputs);
    const token = await probe.tokenOf(outputs);
    const session = await probe.session(outputs);
    const news = { ...inputs, rotation: "lost-phone" };
    expect(await user.differs(id, outputs, news)).toBe(true);
    const rotated = await user.implementation.update(id, outputs, news);
    expect(rotated.password).not.toBe(outputs.password);
    expect(await signsIn(outputs)).toBe(false);
    expect(await signsIn(rotated)).toBe(true);
    expect(await probe.status("GET", "/user", basic(rotated))).toBe(200);
    expect(await probe.status("GET", "/user", `token ${token}`)).toBe(401);
    // An old session is not asked to choose a new password, which would take no old one.
    const path = `${probe.url}/user/settings/change_password`;
    const page = await (await fetch(path, { headers: { cookie: session ?? "" } })).text();
    expect(page).not.toContain('name="retype"');
    expect(await user.implementation.update(id, rotated, news)).toEqual(rotated);
  });

  test("switched off, every way in is refused; switched on, it is as before", async () => {
    const { id, outputs } = await create();
    await usePassword(outputs);
    await ownRepository();
    const token = await probe.tokenOf(outputs);
    const session = await probe.session(outputs);
    const key = await newKey(folder, "alice");
    await probe.call("POST", `/admin/users/${name}/keys`, { title: "laptop", key });
    const ways = async (): Promise<readonly unknown[]> => [
      await signsIn(outputs),
      (await probe.settingsPage(session)).includes(`name="full_name"`),
      await probe.status("GET", "/user", basic(outputs)),
      await probe.status("GET", "/user", `token ${token}`),
      await probe.git(`${name}/mine`, outputs),
      await probe.git(`${name}/mine`, { username: name, password: token }),
      await probe.gitOverSsh(`${name}/mine`, join(folder, "alice")),
    ];
    const on = [true, true, 200, 200, "", "", ""];
    expect(await ways()).toEqual(on);
    const off = await user.implementation.update(id, outputs, { ...inputs, enabled: false });
    // 401: it doesn't even say that the password is right.
    expect(await ways()).toEqual([
      false,
      false,
      401,
      403,
      expect.stringMatching(/Authentication failed|not valid/),
      expect.stringMatching(/Authentication failed|not valid/),
      expect.stringContaining("Could not read from remote repository"),
    ]);
    await user.implementation.update(id, off, inputs);
    expect(await ways()).toEqual(on);
  });
});

describe("changes by hand", () => {
  test.each<[string, object, Partial<UserInputs>]>([
    ["another address", { email: `x@${tenant}.example` }, { email: `x@${tenant}.example` }],
    ["another name", { full_name: "X" }, { fullName: "X" }],
    ["login prohibited", { prohibit_login: true }, { enabled: false }],
    ["deactivated", { active: false }, { enabled: false }],
    ["administrator", { admin: true }, { admin: true }],
    ["not restricted", { restricted: false }, { restricted: false }],
    ["seen by all", { visibility: "public" }, { visibility: "public" }],
    ["another mark", { login_name: "x" }, { mark: "x" }],
  ])("%s: seen and repaired", async (_what, change, seen) => {
    const { id, outputs } = await create();
    await probe.editUser(name, change);
    const drifted = await user.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await user.differs(id, outputs, inputs)).toBe(true);
    const repaired = await user.implementation.update(id, drifted, inputs);
    expect(await user.found(id, repaired)).toEqual(outputs);
    expect(await signsIn(repaired)).toBe(true);
  });

  test("renamed: seen, and renamed back rather than made anew", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `/admin/users/${name}/rename`, { new_username: `${name}2` });
    const drifted = await user.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, renamed: `${name}2` });
    const { changes, replaces } = await user.provider.diff(id, { ...drifted }, { ...inputs });
    expect([changes, replaces]).toEqual([true, []]);
    const repaired = await user.implementation.update(id, drifted, inputs);
    expect(await user.found(id, repaired)).toEqual(outputs);
  });

  test("removed: gone for read, told by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.remove({ users: [name] });
    expect(await user.implementation.read(id, outputs)).toBeUndefined();
    await expect(user.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "user-missing",
    });
    expect(await signsIn((await create()).outputs)).toBe(true);
  });
});

describe("delete", () => {
  test("removes the account, out of organizations too, and works twice", async () => {
    const { id, outputs } = await create();
    await probe.makeOrganization(organization);
    const [owners] = await probe.list(`/orgs/${organization}/teams`);
    await probe.call("PUT", `/teams/${String(owners?.["id"])}/members/${name}`);
    await user.implementation.delete(id, outputs);
    expect(await exists()).toBe(false);
    await user.implementation.delete(id, outputs);
  });

  test("who owns repositories stays without a way in, nothing is lost, and they can come back", async () => {
    const { id, outputs } = await create({ ...inputs, admin: true });
    await usePassword(outputs);
    const token = await probe.tokenOf(outputs);
    await ownRepository();
    await user.implementation.delete(id, outputs);
    await user.implementation.delete(id, outputs);
    expect(await signsIn(outputs)).toBe(false);
    expect(await probe.status("GET", "/user", `token ${token}`)).toBe(401);
    expect(await probe.call("GET", `/users/${name}`)).toMatchObject({
      prohibit_login: true,
      is_admin: false,
    });
    expect(await probe.status("GET", `/repos/${name}/mine`)).toBe(200);

    const back = await create();
    expect(back.id).toBe(id);
    expect(await user.found(id, back.outputs)).toEqual(back.outputs);
    expect(await signsIn(outputs)).toBe(false);
    expect(await signsIn(back.outputs)).toBe(true);
    expect(await probe.status("GET", `/repos/${name}/mine`)).toBe(200);
  });

  test("the last owner of an organization stays, and the organization with them", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `/admin/users/${name}/orgs`, { username: organization });
    await user.implementation.delete(id, outputs);
    expect(await signsIn(outputs)).toBe(false);
    expect(await probe.status("GET", `/orgs/${organization}`)).toBe(200);
  });

  test("an account that somebody renamed goes all the same", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `/admin/users/${name}/rename`, { new_username: `${name}2` });
    await user.implementation.delete(id, outputs);
    expect([await exists(), await exists(`${name}2`)]).toEqual([false, false]);
  });
});

describeHttpFailures({
  system: "Gitea",
  url: () => probe.url,
  secrets: () => [probe.token],
  read: async (url) => {
    const { login, id } = await probe.call("GET", "/user");
    const state = { ...inputs, username: String(login), password: "" };
    return configure(probe.environment(url)).read(String(id), state);
  },
  create: (url) => configure(probe.environment(url)).create(inputs),
});
