import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure } from "../../../providers/mattermost/user-implementation.ts";
import type { UserInputs, UserOutputs } from "../../../providers/mattermost/user-inputs.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const name = "user-co_alice";
const other = "user-co_bob";
const inputs: UserInputs = {
  username: name,
  email: "alice@user-co.example",
  firstName: "Alice",
  lastName: "Adams",
  enabled: true,
  systemAdmin: false,
  signIn: undefined,
  rotation: undefined,
  adopt: false,
  mark: "tenantry: tenant user-co",
  extraRoles: [],
};

let probe: MattermostProbe;
let proxy: FaultProxy;
let user: ResourceSubject<UserInputs, UserOutputs>;
let behindProxy: ResourceSubject<UserInputs, UserOutputs>;

/** The server as it would be with a sign-in service turned on, which the tests don't do to it. */
const withService = (setting: string): void =>
  proxy.always({ path: /config\/client/ }, { status: 200, body: JSON.stringify({ [setting]: "true" }) });
const create = (news: UserInputs = inputs): Promise<{ id: string; outputs: UserOutputs }> =>
  user.implementation.create(news);
const byHand = (change: object = {}): Promise<string> =>
  probe.make("/users", { username: name, email: inputs.email, password: "theirs-A1-theirs", ...change });
const signsIn = async ({ username, password }: UserOutputs): Promise<boolean> =>
  (await probe.signIn(username, password)) !== undefined;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  user = new ResourceSubject(configure(process.env));
  behindProxy = new ResourceSubject(configure({ ...process.env, MATTERMOST_URL: proxy.url }));
});
beforeEach(async () => {
  proxy.clear();
  for (const each of [name, other]) await probe.removeUser(each);
});
afterAll(async () => {
  await proxy.close();
  for (const each of [name, other]) await probe.removeUser(each);
});

describe("create", () => {
  test("makes an account that signs in and is marked as ours", async () => {
    const { id, outputs } = await create();
    expect(await signsIn(outputs)).toBe(true);
    expect(await user.found(id, outputs)).toEqual(outputs);
    expect(await user.differs(id, outputs, inputs)).toBe(false);
    expect((await probe.call("GET", `/users/${id}`))["props"]).toEqual({ tenantry: inputs.mark });
  });

  test("makes one account when the answer is lost, with the password that it gives", async () => {
    proxy.once({ method: "POST", path: /\/users$/ }, "cut after");
    const { id, outputs } = await behindProxy.implementation.create(inputs);
    expect(await signsIn(outputs)).toBe(true);
    expect(await user.found(id, outputs)).toEqual(outputs);
    expect(
      proxy.calls.filter(({ method, path }) => method === "POST" && path.endsWith("/users")),
    ).toHaveLength(1);
  });

  test("finishes what an earlier try began, and ends what that let in", async () => {
    const first = await create();
    const session = await probe.signIn(name, first.outputs.password);
    const second = await create({ ...inputs, firstName: "Alicia", systemAdmin: true });
    expect(second.id).toBe(first.id);
    expect(await probe.whoIs(session)).toBeUndefined();
    expect(await signsIn(first.outputs)).toBe(false);
    expect(await signsIn(second.outputs)).toBe(true);
    expect(await user.found(second.id, second.outputs)).toEqual(second.outputs);
  });

  test("makes one account when five tries meet", async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await Promise.all(made.map(({ outputs }) => signsIn(outputs)))).filter(Boolean)).toHaveLength(1);
  });

  test("refuses an account that isn't ours and leaves it alone; takes it over when told to", async () => {
    const id = await byHand({ email: "old@user-co.example", first_name: "Old", props: { theme: "dark" } });
    const session = await probe.signIn(name, "theirs-A1-theirs");
    await expect(create()).rejects.toMatchObject({
      code: "user-not-ours",
      system: "Mattermost",
      fix: expect.stringContaining("adopt: true"),
    });
    expect(await probe.whoIs(session)).toBe(name);
    const adopted = await create({ ...inputs, adopt: true });
    expect(adopted.id).toBe(id);
    expect(await probe.whoIs(session)).toBeUndefined();
    expect(await probe.signIn(name, "theirs-A1-theirs")).toBeUndefined();
    expect(await signsIn(adopted.outputs)).toBe(true);
    expect(await user.found(id, adopted.outputs)).toEqual(adopted.outputs);
    expect((await probe.call("GET", `/users/${id}`))["props"]).toEqual({
      theme: "dark",
      tenantry: inputs.mark,
    });
  });

  test("never takes over another tenant's account, a bot, or the one that it works with", async () => {
    await create({ ...inputs, mark: "tenantry: tenant another" });
    await expect(create({ ...inputs, adopt: true })).rejects.toMatchObject({ code: "user-not-ours" });
    await probe.make("/bots", { username: other });
    await expect(
      create({ ...inputs, username: other, email: "bob@user-co.example", adopt: true }),
    ).rejects.toMatchObject({ code: "username-taken" });
    const { username } = await probe.call("GET", "/users/me");
    await expect(create({ ...inputs, username: String(username), adopt: true })).rejects.toMatchObject({
      code: "user-not-ours",
    });
    expect(await probe.whoIs(process.env["MATTERMOST_TOKEN"])).toBe(username);
  });

  test("says whose an address is that is in use", async () => {
    await byHand({ username: other });
    await expect(create()).rejects.toMatchObject({
      code: "email-taken",
      message: expect.stringContaining(other),
    });
    await create({ ...inputs, email: "free@user-co.example" });
    await expect(create()).rejects.toMatchObject({ code: "email-taken" });
  });

  test("an account that is off from the start lets nobody in until it is on", async () => {
    const { id, outputs } = await create({ ...inputs, enabled: false });
    expect(await signsIn(outputs)).toBe(false);
    expect(await user.found(id, outputs)).toEqual(outputs);
    const on = await user.implementation.update(id, outputs, inputs);
    expect(on.password).toBe(outputs.password);
    expect(await signsIn(on)).toBe(true);
  });

  test.each(["openid", "gitlab", "saml"] as const)(
    "says that the server has no sign-in by %s, and makes nothing",
    async (service) => {
      await expect(create({ ...inputs, signIn: { service, subject: "12" } })).rejects.toMatchObject({
        code: "capability-missing",
        message: expect.stringContaining(service),
        fix: expect.stringContaining("password"),
      });
      expect((await probe.send("GET", `/users/username/${name}`)).status).toBe(404);
    },
  );

  test("with a sign-in service there is no password; names can still be changed", async () => {
    withService("EnableSignUpWithOpenId");
    const signIn = { service: "openid", subject: "3f0c" } as const;
    const { id, outputs } = await behindProxy.implementation.create({ ...inputs, signIn });
    expect(outputs.password).toBeUndefined();
    expect(await user.found(id, outputs)).toEqual(outputs);
    const news = { ...inputs, signIn, lastName: "Brown", email: "brown@user-co.example" };
    const updated = await behindProxy.implementation.update(id, outputs, news);
    expect(await user.found(id, updated)).toEqual(updated);
    expect((await probe.call("GET", `/users/${id}`))["auth_service"]).toBe("openid");
    await expect(
      behindProxy.implementation.create({ ...inputs, username: other, email: "bob@user-co.example", signIn }),
    ).rejects.toMatchObject({ code: "subject-taken" });
    const back = await user.implementation.update(id, updated, inputs);
    expect(await signsIn(back)).toBe(true);
    expect(await user.found(id, back)).toEqual(back);
  });
});

describe("update", () => {
  test.each<[string, Partial<UserInputs>]>([
    ["username", { username: other }],
    ["email", { email: "adams@user-co.example" }],
    ["firstName", { firstName: "Älice 李" }],
    ["lastName", { lastName: "" }],
    ["systemAdmin", { systemAdmin: true }],
  ])("changes %s and keeps password and sessions", async (_field, change) => {
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    const news = { ...inputs, ...change };
    expect(await user.differs(id, outputs, news)).toBe(true);
    const updated = await user.implementation.update(id, outputs, news);
    expect(updated).toEqual({ ...outputs, ...change });
    expect(await user.found(id, updated)).toEqual(updated);
    expect(await user.differs(id, updated, news)).toBe(false);
    expect(await signsIn(updated)).toBe(true);
    expect(await probe.whoIs(session)).toBe(news.username);
    expect(await user.found(id, await user.implementation.update(id, updated, inputs))).toEqual(outputs);
  });

  test("switching off ends sessions and access tokens for good, and keeps the password", async () => {
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    const token = String(
      (await probe.call("POST", `/users/${id}/tokens`, { description: "script" }))["token"],
    );
    expect(await probe.whoIs(token)).toBe(name);
    const off = await user.implementation.update(id, outputs, { ...inputs, enabled: false });
    expect(await probe.whoIs(session)).toBeUndefined();
    expect(await probe.whoIs(token)).toBeUndefined();
    expect(await signsIn(off)).toBe(false);
    expect(await user.found(id, off)).toEqual(off);
    const on = await user.implementation.update(id, off, inputs);
    expect(await signsIn(on)).toBe(true);
    expect(await probe.whoIs(token)).toBeUndefined();
    expect(await probe.whoIs(session)).toBeUndefined();
  });

  test("moving to a sign-in service ends what the password let in", async () => {
    withService("EnableSignUpWithGitLab");
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    const news = { ...inputs, signIn: { service: "gitlab", subject: "4711" } } as const;
    const moved = await behindProxy.implementation.update(id, outputs, news);
    expect([await probe.whoIs(session), await signsIn(outputs)]).toEqual([undefined, false]);
    expect(moved.password).toBeUndefined();
    expect(await user.found(id, moved)).toEqual(moved);
    await probe.call("PUT", `/users/${id}/password`, { new_password: "by-hand-A1-by-hand" });
    const byPassword = await probe.signIn(name, "by-hand-A1-by-hand");
    expect(await user.differs(id, moved, news)).toBe(true);
    await behindProxy.implementation.update(id, await user.found(id, moved), news);
    expect(await probe.whoIs(byPassword)).toBeUndefined();
    expect(await probe.signIn(name, "by-hand-A1-by-hand")).toBeUndefined();
    expect(await user.found(id, moved)).toEqual(moved);
  });

  test("whatever breaks on the way, nobody is let in who shouldn't be", async () => {
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    proxy.always({ method: "PUT", path: /patch$/ }, { status: 400 });
    const off = { ...inputs, enabled: false, lastName: "Brown" };
    await expect(behindProxy.implementation.update(id, outputs, off)).rejects.toMatchObject({
      code: "request-refused",
    });
    expect([await probe.whoIs(session), await signsIn(outputs)]).toEqual([undefined, false]);
  });

  test("what was leaked or taken away ends, though something else is refused", async () => {
    const { id, outputs } = await create({ ...inputs, systemAdmin: true });
    const session = await probe.signIn(name, outputs.password);
    proxy.always({ method: "PUT", path: /patch$/ }, { status: 400 });
    const news = { ...inputs, lastName: "Clark", rotation: "leaked" };
    await expect(behindProxy.implementation.update(id, outputs, news)).rejects.toMatchObject({
      code: "request-refused",
    });
    expect([await probe.whoIs(session), await signsIn(outputs)]).toEqual([undefined, false]);
    expect((await probe.call("GET", `/users/${id}`))["roles"]).toBe("system_user");
    const repaired = await user.implementation.update(id, outputs, news);
    expect(await signsIn(repaired)).toBe(true);
  });

  test("another rotation makes another password and ends sessions and tokens", async () => {
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    const { token } = await probe.call("POST", `/users/${id}/tokens`, { description: "script" });
    const rotated = await user.implementation.update(id, outputs, { ...inputs, rotation: "lost phone" });
    expect(await probe.whoIs(session)).toBeUndefined();
    expect(await probe.whoIs(String(token))).toBeUndefined();
    expect(await signsIn(outputs)).toBe(false);
    expect(await signsIn(rotated)).toBe(true);
    expect(await user.differs(id, rotated, { ...inputs, rotation: "lost phone" })).toBe(false);
  });

  test("names and addresses of others are told apart", async () => {
    const { id, outputs } = await create();
    await byHand({ username: other, email: "bob@user-co.example" });
    const change = (part: Partial<UserInputs>): Promise<UserOutputs> =>
      user.implementation.update(id, outputs, { ...inputs, ...part });
    await expect(change({ username: other })).rejects.toMatchObject({ code: "username-taken" });
    await expect(change({ email: "bob@user-co.example" })).rejects.toMatchObject({ code: "email-taken" });
    expect(await user.found(id, outputs)).toEqual(outputs);
  });

  test("an address that the server wants confirmed first is said", async () => {
    const { id, outputs } = await create();
    const account = JSON.stringify(await probe.call("GET", `/users/${id}`));
    proxy.once({ method: "PUT", path: /patch$/ }, { status: 200, body: account });
    await expect(
      behindProxy.implementation.update(id, outputs, { ...inputs, email: "new@user-co.example" }),
    ).rejects.toMatchObject({
      code: "email-not-changed",
      fix: expect.stringContaining("RequireEmailVerification"),
    });
  });
});

describe("changes by hand", () => {
  test.each<[string, "PUT" | "DELETE", string, object | undefined, Partial<UserInputs>]>([
    [
      "other names",
      "PUT",
      "/patch",
      { first_name: "Al", last_name: "X" },
      { firstName: "Al", lastName: "X" },
    ],
    ["another username", "PUT", "/patch", { username: other }, { username: other }],
    ["another address", "PUT", "/patch", { email: "al@x.example" }, { email: "al@x.example" }],
    ["deactivated", "DELETE", "", undefined, { enabled: false }],
    ["made an administrator", "PUT", "/roles", { roles: "system_user system_admin" }, { systemAdmin: true }],
    [
      "given a role",
      "PUT",
      "/roles",
      { roles: "system_user system_post_all_public" },
      { extraRoles: ["system_post_all_public"] },
    ],
    ["unmarked", "PUT", "/patch", { props: { theme: "dark" } }, { mark: "" }],
  ])("%s: seen and repaired", async (_what, method, path, body, seen) => {
    const { id, outputs } = await create();
    await probe.call(method, `/users/${id}${path}`, body);
    const drifted = await user.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await user.differs(id, outputs, inputs)).toBe(true);
    const repaired = await user.implementation.update(id, drifted, inputs);
    expect(await user.found(id, repaired)).toEqual(outputs);
    expect(await signsIn(repaired)).toBe(true);
  });

  test("another way to sign in: seen and repaired with a new password", async () => {
    const { id, outputs } = await create();
    await probe.call("PUT", `/users/${id}/auth`, { auth_service: "gitlab", auth_data: "77" });
    const drifted = await user.found(id, outputs);
    expect(drifted.signIn?.service).toBe("gitlab");
    expect(await user.differs(id, outputs, inputs)).toBe(true);
    const repaired = await user.implementation.update(id, drifted, inputs);
    expect(await signsIn(repaired)).toBe(true);
    expect(await user.found(id, repaired)).toEqual(repaired);
  });

  test("removed: gone for read, said by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", `/users/${id}?permanent=true`);
    expect(await user.implementation.read(id, outputs)).toBeUndefined();
    await expect(user.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "user-missing",
    });
    await user.implementation.delete(id, outputs);
    expect(await signsIn((await create()).outputs)).toBe(true);
  });
});

describe("delete", () => {
  test("deactivates, ends sessions and tokens, and works twice", async () => {
    const { id, outputs } = await create();
    const session = await probe.signIn(name, outputs.password);
    const { token } = await probe.call("POST", `/users/${id}/tokens`, { description: "script" });
    await user.implementation.delete(id, outputs);
    await user.implementation.delete(id, outputs);
    expect(await signsIn(outputs)).toBe(false);
    expect([await probe.whoIs(session), await probe.whoIs(String(token))]).toEqual([undefined, undefined]);
    expect((await probe.call("GET", `/users/${id}`))["delete_at"]).not.toBe(0);
    expect(await probe.list(`/users/${id}/tokens`)).toEqual([]);
  });

  test("who comes back has the old account with a new password", async () => {
    const { id, outputs } = await create();
    await user.implementation.delete(id, outputs);
    const back = await create({ ...inputs, lastName: "Brown", email: "brown@user-co.example" });
    expect(back.id).toBe(id);
    expect(await signsIn(outputs)).toBe(false);
    expect(await signsIn(back.outputs)).toBe(true);
    expect(await user.found(id, back.outputs)).toEqual(back.outputs);
  });

  test("who comes back under another name too, since the old account holds the address", async () => {
    const { id, outputs } = await create();
    await user.implementation.delete(id, outputs);
    const back = await create({ ...inputs, username: other });
    expect(back.id).toBe(id);
    expect(await signsIn(back.outputs)).toBe(true);
  });
});

test.each<[string, Partial<UserInputs>, string]>([
  ["capitals", { username: "Alice" }, "username"],
  ["a name that the server keeps", { username: "channel" }, "username"],
  ["no address", { email: "alice" }, "email"],
])("refuses %s before anything is done", async (_what, change, property) => {
  const { failures } = await user.provider.check({}, { ...inputs, ...change });
  expect(failures.map((each) => each.property)).toEqual([property]);
});

test("refuses a GitLab subject that is no number before anything is done", async () => {
  const signIn = { service: "gitlab", subject: "a1" };
  const { failures } = await user.provider.check({}, { ...inputs, signIn });
  expect(failures).toEqual([
    { property: "", reason: "signIn.subject: what GitLab calls a person is a number" },
  ]);
});

test("fills in what a program leaves out", async () => {
  const { username, email, firstName, lastName, mark } = inputs;
  const { inputs: checked } = await user.provider.check(
    {},
    { username, email: "Alice@User-Co.Example", firstName, lastName, mark },
  );
  expect({ ...inputs, ...checked }).toEqual(inputs);
  expect(email).toBe(checked["email"]);
});

describeHttpFailures({
  system: "Mattermost",
  url: () => probe.url,
  secrets: () => [String(process.env["MATTERMOST_TOKEN"])],
  read: (url) =>
    configure({ ...process.env, MATTERMOST_URL: url }).read("f8ecdhn96fyb8begqocmcp5xio", {
      ...inputs,
      password: "x",
    }),
  create: (url) => configure({ ...process.env, MATTERMOST_URL: url }).create(inputs),
});
