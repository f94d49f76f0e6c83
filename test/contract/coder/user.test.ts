import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { account, findAccount, type Account } from "../../../providers/coder/account.ts";
import { coderUrl } from "../../../providers/coder/server.ts";
import {
  configure,
  type UserInputs,
  type UserOutputs,
} from "../../../providers/coder/user-implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { byHand, environment, signIn, unique, whoIs, wipeAccounts } from "../../support/coder-probe.ts";

const user = configure(environment());
const run = unique("user");
let inputs: UserInputs;
let count = 0;

beforeEach(() => {
  count += 1;
  inputs = user.inputs.parse({
    tenant: run,
    username: `${run}-${count}`,
    email: `${run}-${count}@example.com`,
    name: "Jane Doe",
  });
});
afterAll(() => wipeAccounts(run));

const found = async (id: string, state: UserOutputs): Promise<UserOutputs> => {
  const outputs = await user.read(id, state);
  if (outputs === undefined) throw new Error(`${state.username} is gone`);
  return outputs;
};
const differs = async (id: string, state: UserOutputs): Promise<boolean> =>
  (await serve(user).diff(id, { ...(await found(id, state)) }, { ...inputs })).changes;
const onServer = async (): Promise<Account> => {
  const there = await findAccount(byHand, inputs.username);
  if (!there) throw new Error(`no account ${inputs.username}`);
  return there;
};
const makeByHand = async (changes: Record<string, unknown> = {}): Promise<Account> => {
  const { id } = (await byHand.get("/organizations/default", z.object({ id: z.string() }))) ?? { id: "" };
  const { username, email, name } = inputs;
  const body = { username, email, name, password: "made-by-Hand-1", organization_ids: [id], ...changes };
  return byHand.post("/users", body, account);
};
const rename = (id: string, username: string, name: string): Promise<unknown> =>
  byHand.put(`/users/${id}/profile`, { username, name }, z.unknown());

describe("create", () => {
  test("makes an account that signs in, and nothing is left to change", async () => {
    const { id, outputs } = await user.create(inputs);
    expect(outputs).toEqual({ ...inputs, password: expect.stringMatching(/^[A-Za-z][\w.-]{31}$/) });
    expect(await whoIs(await signIn(inputs.email, outputs.password))).toBe(inputs.username);
    expect(await found(id, outputs)).toEqual(outputs);
    expect(await differs(id, outputs)).toBe(false);
    const { organization_ids, roles } = await onServer();
    expect(organization_ids).toHaveLength(1);
    expect(roles).toEqual([]);
  });

  test("gives roles, and an account that is off can't sign in", async () => {
    inputs = { ...inputs, roles: ["auditor", "template-admin"], enabled: false };
    const { id, outputs } = await user.create(inputs);
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
    expect((await found(id, outputs)).roles).toEqual(["auditor", "template-admin"]);
    expect(await differs(id, outputs)).toBe(false);
  });

  test("refuses an account of somebody else, and says how to take it over", async () => {
    await makeByHand({ email: `other-${inputs.email}` });
    await expect(user.create(inputs)).rejects.toMatchObject({
      code: "account-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
  });

  test("refuses an account that its person has used", async () => {
    await makeByHand();
    await whoIs(await signIn(inputs.email, "made-by-Hand-1"));
    await expect(user.create(inputs)).rejects.toMatchObject({ code: "account-not-ours" });
    expect(await signIn(inputs.email, "made-by-Hand-1")).toBeDefined();
  });

  test("refuses an account that has other rights", async () => {
    await makeByHand({ roles: ["auditor"] });
    await expect(user.create(inputs)).rejects.toMatchObject({ code: "account-not-ours" });
  });

  test("adopts: the same account, as declared, with a new password", async () => {
    const { id } = await makeByHand({ name: "Somebody", roles: ["auditor"] });
    const session = await signIn(inputs.email, "made-by-Hand-1");
    expect(await whoIs(session)).toBe(inputs.username);
    const made = await user.create({ ...inputs, adopt: true });
    expect(made.id).toBe(id);
    expect(await whoIs(session)).toBeUndefined();
    expect(await signIn(inputs.email, "made-by-Hand-1")).toBeUndefined();
    expect(await whoIs(await signIn(inputs.email, made.outputs.password))).toBe(inputs.username);
    expect(await found(id, made.outputs)).toEqual(made.outputs);
  });

  test("does not adopt what can't become as declared, and leaves it alone", async () => {
    const { id } = await makeByHand({ email: `other-${inputs.email}`, name: "Somebody" });
    await expect(user.create({ ...inputs, adopt: true })).rejects.toMatchObject({ code: "address-fixed" });
    expect(await onServer()).toMatchObject({ id, name: "Somebody" });
  });

  test("takes what an earlier try made and nobody used", async () => {
    const { id } = await makeByHand();
    const made = await user.create(inputs);
    expect(made.id).toBe(id);
    expect(await whoIs(await signIn(inputs.email, made.outputs.password))).toBe(inputs.username);
  });

  test("says that the address is taken", async () => {
    await makeByHand({ username: `${inputs.username}-x` });
    await expect(user.create(inputs)).rejects.toMatchObject({
      code: "address-taken",
      message: expect.stringContaining(inputs.email),
    });
  });

  test("says what the server has no way to: sign-in by an identity provider, another organization", async () => {
    await expect(user.create({ ...inputs, loginType: "oidc" })).rejects.toMatchObject({
      code: "capability-missing",
      fix: expect.stringContaining("CODER_OIDC_ISSUER_URL"),
    });
    await expect(user.create({ ...inputs, organization: "nowhere" })).rejects.toMatchObject({
      code: "organization-missing",
    });
    expect(await findAccount(byHand, inputs.username)).toBeUndefined();
  });

  test("names that the server would refuse are refused before", async () => {
    const names = ["jane.doe", "-jane", "jane--doe", "new", "j".repeat(33)];
    for (const username of names) {
      const { failures } = await serve(user).check({}, { ...inputs, username });
      expect(failures.map(({ property }) => property)).toEqual(["username"]);
    }
    await expect(user.create({ ...inputs, roles: ["no-such-role"] })).rejects.toMatchObject({
      system: "Coder",
    });
  });
});

describe("when answers get lost", () => {
  let proxy: FaultProxy;
  beforeAll(async () => {
    proxy = await FaultProxy.start(coderUrl(process.env));
  });
  afterEach(() => proxy.clear());
  afterAll(() => proxy.close());

  test("of the create: one account, and its password is known", async () => {
    proxy.once({ method: "POST", path: /\/users$/ }, "cut after");
    const { id, outputs } = await configure(environment(proxy.url)).create(inputs);
    expect(proxy.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect((await onServer()).id).toBe(id);
    expect(await whoIs(await signIn(inputs.email, outputs.password))).toBe(inputs.username);
  });

  test("of a new password: it is known", async () => {
    const { id, outputs } = await user.create(inputs);
    proxy.once({ method: "PUT", path: /\/password$/ }, "cut after");
    const broken = configure(environment(proxy.url));
    const { password } = await broken.update(id, outputs, { ...inputs, rotation: "2" });
    expect(await whoIs(await signIn(inputs.email, password))).toBe(inputs.username);
  });
});

describe("update", () => {
  test("name, username and roles", async () => {
    const { id, outputs } = await user.create(inputs);
    const old = inputs.username;
    inputs = { ...inputs, name: "Jane Roe", username: `${old}-roe`, roles: ["user-admin"] };
    const after = await user.update(id, outputs, inputs);
    expect(await onServer()).toMatchObject({ id, name: "Jane Roe", roles: [{ name: "user-admin" }] });
    expect(await findAccount(byHand, old)).toBeUndefined();
    expect(after.password).toBe(outputs.password);
    expect(await differs(id, after)).toBe(false);
    inputs = { ...inputs, roles: [] };
    expect(await differs(id, await user.update(id, after, inputs))).toBe(false);
  });

  test("off and on again: sessions are refused at once, the password stays", async () => {
    const { id, outputs } = await user.create(inputs);
    const session = await signIn(inputs.email, outputs.password);
    expect(await whoIs(session)).toBe(inputs.username);
    inputs = { ...inputs, enabled: false };
    const off = await user.update(id, outputs, inputs);
    expect(await whoIs(session)).toBeUndefined();
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
    expect(await differs(id, off)).toBe(false);
    inputs = { ...inputs, enabled: true };
    const on = await user.update(id, off, inputs);
    expect(await whoIs(await signIn(inputs.email, outputs.password))).toBe(inputs.username);
    expect(await differs(id, on)).toBe(false);
  });

  test("rotation: a new password, and the sessions of the old one end", async () => {
    const { id, outputs } = await user.create(inputs);
    const session = await signIn(inputs.email, outputs.password);
    inputs = { ...inputs, rotation: "lost-phone" };
    const after = await user.update(id, outputs, inputs);
    expect(await whoIs(session)).toBeUndefined();
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
    expect(await whoIs(await signIn(inputs.email, after.password))).toBe(inputs.username);
    expect((await user.update(id, after, inputs)).password).toBe(after.password);
  });

  test("the address can't be changed, and that keeps nobody from being suspended", async () => {
    const { id, outputs } = await user.create(inputs);
    const news = { ...inputs, email: `new-${inputs.email}`, enabled: false };
    await expect(user.update(id, outputs, news)).rejects.toMatchObject({ code: "address-fixed" });
    expect((await onServer()).status).toBe("suspended");
  });

  test("the way to sign in can't be changed", async () => {
    const { id, outputs } = await user.create(inputs);
    const update = user.update(id, outputs, { ...inputs, loginType: "oidc" });
    await expect(update).rejects.toMatchObject({ code: "sign-in-fixed" });
  });
});

describe("changes by hand", () => {
  test.each<[what: string, change: (id: string) => Promise<unknown>, seen: Partial<UserOutputs>]>([
    ["a name", (id) => rename(id, inputs.username, "Jim"), { name: "Jim" }],
    [
      "a role",
      (id) => byHand.put(`/users/${id}/roles`, { roles: ["owner"] }, z.unknown()),
      { roles: ["owner"] },
    ],
    [
      "suspended",
      (id) => byHand.put(`/users/${id}/status/suspend`, undefined, z.unknown()),
      { enabled: false },
    ],
    [
      "out of the organization",
      async (id) => {
        const [organization] = (await onServer()).organization_ids ?? [];
        await byHand.delete(`/organizations/${organization ?? ""}/members/${id}`);
      },
      { organization: "(left)" },
    ],
  ])("%s: seen and repaired", async (_what, change, seen) => {
    const { id, outputs } = await user.create(inputs);
    await change(id);
    const drifted = await found(id, outputs);
    expect(drifted).toMatchObject(seen);
    expect(await differs(id, outputs)).toBe(true);
    const after = await user.update(id, drifted, inputs);
    expect(await differs(id, after)).toBe(false);
    expect(await whoIs(await signIn(inputs.email, after.password))).toBe(inputs.username);
  });

  test("a username: seen and repaired", async () => {
    const { id, outputs } = await user.create(inputs);
    await rename(id, `${inputs.username}-x`, inputs.name);
    expect((await found(id, outputs)).username).toBe(`${inputs.username}-x`);
    await user.update(id, outputs, inputs);
    expect((await onServer()).id).toBe(id);
  });

  test("deleted: gone, and made again", async () => {
    const { id, outputs } = await user.create(inputs);
    await byHand.delete(`/users/${id}`);
    expect(await user.read(id, outputs)).toBeUndefined();
    await expect(user.update(id, outputs, inputs)).rejects.toMatchObject({ code: "account-missing" });
    await user.delete(id, outputs);
    const again = await user.create(inputs);
    expect(again.id).not.toBe(id);
    expect(await user.read(id, outputs)).toBeUndefined();
    expect(await whoIs(await signIn(inputs.email, again.outputs.password))).toBe(inputs.username);
  });
});

describe("delete", () => {
  test("takes all access and keeps the account; the second time does no harm", async () => {
    inputs = { ...inputs, roles: ["owner"] };
    const { id, outputs } = await user.create(inputs);
    const session = await signIn(inputs.email, outputs.password);
    await user.delete(id, outputs);
    await user.delete(id, outputs);
    expect(await onServer()).toMatchObject({ id, status: "suspended", roles: [] });
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
    await byHand.put(`/users/${id}/status/activate`, undefined, z.unknown());
    expect(await whoIs(session)).toBeUndefined();
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
  });

  test("who returns has the same account, and a new password", async () => {
    const { id, outputs } = await user.create(inputs);
    await whoIs(await signIn(inputs.email, outputs.password));
    await user.delete(id, outputs);
    const again = await user.create(inputs);
    expect(again.id).toBe(id);
    expect(await signIn(inputs.email, outputs.password)).toBeUndefined();
    expect(await whoIs(await signIn(inputs.email, again.outputs.password))).toBe(inputs.username);
    expect(await differs(id, again.outputs)).toBe(false);
  });
});

describe("HTTP", () => {
  let made: { id: string; outputs: UserOutputs };
  beforeAll(async () => {
    made = await user.create({ ...inputs, username: `${run}-http`, email: `${run}-http@example.com` });
  });
  describeHttpFailures({
    system: "Coder",
    url: () => coderUrl(process.env),
    secrets: () => [process.env["CODER_SESSION_TOKEN"] ?? "", made.outputs.password ?? ""],
    read: (url) => configure(environment(url)).read(made.id, made.outputs),
    create: (url) => configure(environment(url)).create(inputs),
  });
});
