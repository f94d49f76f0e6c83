import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  configure,
  type BotInputs,
  type BotOutputs,
} from "../../../providers/mattermost/bot-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const name = "bot-co_deployer";
const other = "bot-co_other";
const inputs: BotInputs = {
  username: name,
  displayName: "Deployer",
  description: "Tells of deployments",
  rotation: undefined,
  adopt: false,
  mark: "tenantry: tenant bot-co",
  enabled: true,
  tokenWorks: true,
  extraRoles: [],
};

let probe: MattermostProbe;
let proxy: FaultProxy;
let bot: ResourceSubject<BotInputs, BotOutputs>;
let behindProxy: ResourceSubject<BotInputs, BotOutputs>;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  bot = new ResourceSubject(configure(process.env));
  behindProxy = new ResourceSubject(configure({ ...process.env, MATTERMOST_URL: proxy.url }));
});
const clean = async (): Promise<void> => {
  for (const each of [name, other]) await probe.removeUser(each);
};
beforeEach(async () => {
  proxy.clear();
  await clean();
});
afterAll(async () => {
  await proxy.close();
  await clean();
});

const create = (change: Partial<BotInputs> = {}): Promise<{ id: string; outputs: BotOutputs }> =>
  bot.implementation.create({ ...inputs, ...change });
const byHand = (change: object = {}): Promise<string> =>
  probe.make("/bots", { username: name, display_name: "Theirs", ...change });
const tokensOf = async (id: string): Promise<unknown[]> =>
  (await probe.list(`/users/${id}/tokens`)).map((token) => token["id"]);

describe("create", () => {
  test("makes a bot whose token works, marked as ours", async () => {
    const { id, outputs } = await create();
    expect(await probe.whoIs(outputs.token)).toBe(name);
    expect(await bot.found(id, outputs)).toEqual(outputs);
    expect(await bot.differs(id, outputs, inputs)).toBe(false);
    expect(await tokensOf(id)).toEqual([outputs.tokenId]);
  });

  test.each([
    ["the bot", { method: "POST", path: /\/bots$/ }],
    ["its token", { method: "POST", path: /\/tokens$/ }],
  ])("makes one bot with one token when the answer about %s is lost", async (_what, call) => {
    proxy.once(call, "cut after");
    const { id, outputs } = await behindProxy.implementation.create(inputs);
    expect(await probe.whoIs(outputs.token)).toBe(name);
    expect(await tokensOf(id)).toEqual([outputs.tokenId]);
    expect(await bot.found(id, outputs)).toEqual(outputs);
  });

  test("finishes what an earlier try began, before and after it marked the bot", async () => {
    const id = await byHand({ display_name: inputs.displayName, description: inputs.description });
    const first = await create();
    expect(first.id).toBe(id);
    const second = await create({ description: "" });
    expect(second.id).toBe(id);
    expect(await probe.whoIs(first.outputs.token)).toBeUndefined();
    expect(await probe.whoIs(second.outputs.token)).toBe(name);
    expect(await tokensOf(id)).toEqual([second.outputs.tokenId]);
  });

  test("makes one bot when three tries meet", async () => {
    const made = await Promise.all(Array.from({ length: 3 }, () => create()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test("refuses a bot that isn't ours and leaves it alone; takes it over when told to", async () => {
    const id = await byHand();
    const { token } = await probe.call("POST", `/users/${id}/tokens`, { description: "theirs" });
    await expect(create()).rejects.toMatchObject({
      code: "bot-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    expect(await probe.whoIs(String(token))).toBe(name);
    const { id: adopted, outputs } = await create({ adopt: true });
    expect(adopted).toBe(id);
    expect(await probe.whoIs(String(token))).toBeUndefined();
    expect(await bot.found(id, outputs)).toEqual(outputs);
  });

  test("refuses one that looks like ours but was used, and a person's name", async () => {
    const id = await byHand({ display_name: inputs.displayName, description: inputs.description });
    await probe.call("POST", `/users/${id}/tokens`, { description: "theirs" });
    await expect(create()).rejects.toMatchObject({ code: "bot-not-ours" });
    await probe.make("/users", { username: other, email: "o@bot-co.example", password: "theirs-A1-theirs" });
    await expect(create({ username: other, adopt: true })).rejects.toMatchObject({ code: "username-taken" });
  });
});

describe("update", () => {
  test.each<[string, Partial<BotInputs>]>([
    ["username", { username: other }],
    ["displayName", { displayName: "Depløyer" }],
    ["description", { description: "" }],
  ])("changes %s and keeps the token", async (_field, change) => {
    const { id, outputs } = await create();
    const news = { ...inputs, ...change };
    expect(await bot.differs(id, outputs, news)).toBe(true);
    const updated = await bot.implementation.update(id, outputs, news);
    expect(updated).toEqual({ ...outputs, ...change });
    expect(await bot.found(id, updated)).toEqual(updated);
    expect(await bot.differs(id, updated, news)).toBe(false);
    expect(await probe.whoIs(outputs.token)).toBe(news.username);
  });

  test("another rotation makes another token and revokes the old one", async () => {
    const { id, outputs } = await create();
    const rotated = await bot.implementation.update(id, outputs, { ...inputs, rotation: "leaked" });
    expect(await probe.whoIs(outputs.token)).toBeUndefined();
    expect(await probe.whoIs(rotated.token)).toBe(name);
    expect(await bot.found(id, rotated)).toEqual(rotated);
  });

  test("one that is shut out keeps its token, which works again when it is let in", async () => {
    const { id, outputs } = await create();
    const off = { ...inputs, enabled: false };
    expect(await bot.differs(id, outputs, off)).toBe(true);
    const shut = await bot.implementation.update(id, outputs, off);
    expect(await probe.whoIs(outputs.token)).toBeUndefined();
    expect(await bot.found(id, shut)).toEqual({ ...outputs, enabled: false });
    expect(await bot.differs(id, shut, off)).toBe(false);
    const again = await bot.implementation.update(id, shut, inputs);
    expect(again.token).toBe(outputs.token);
    expect(await probe.whoIs(outputs.token)).toBe(name);
  });

  test("one that is made shut out, and comes back so, gets in when it is let in", async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const { id, outputs } = await create({ enabled: false });
      expect(await probe.whoIs(outputs.token)).toBeUndefined();
      const on = await bot.implementation.update(id, outputs, inputs);
      expect(await probe.whoIs(on.token)).toBe(name);
      await bot.implementation.delete(id, on);
    }
  });

  test("a name that another account has is said", async () => {
    const { id, outputs } = await create();
    await byHand({ username: other });
    await expect(
      bot.implementation.update(id, outputs, { ...inputs, username: other }),
    ).rejects.toMatchObject({
      code: "username-taken",
    });
  });
});

describe("changes by hand", () => {
  test.each<[string, (id: string) => Promise<unknown>, Partial<BotInputs>]>([
    ["other names", (id) => probe.call("PUT", `/bots/${id}`, { display_name: "X" }), { displayName: "X" }],
    ["disabled", (id) => probe.call("POST", `/bots/${id}/disable`), { enabled: false }],
    [
      "given a role",
      (id) => probe.call("PUT", `/users/${id}/roles`, { roles: "system_user system_post_all" }),
      { extraRoles: ["system_post_all"] },
    ],
    ["unmarked", (id) => probe.call("PUT", `/users/${id}/patch`, { props: { a: "b" } }), { mark: "" }],
  ])("%s: seen and repaired, with the token that it had", async (_what, change, seen) => {
    const { id, outputs } = await create();
    await change(id);
    const drifted = await bot.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await bot.differs(id, outputs, inputs)).toBe(true);
    const repaired = await bot.implementation.update(id, drifted, inputs);
    expect(repaired).toEqual(outputs);
    expect(await bot.found(id, outputs)).toEqual(outputs);
    expect(await probe.whoIs(outputs.token)).toBe(name);
  });

  test("made an administrator: seen, and repaired or said where the server doesn't let go of it", async () => {
    const { id, outputs } = await create();
    const admin = { roles: "system_user system_admin" };
    await probe.call("PUT", `/users/${id}/roles`, admin);
    const drifted = await bot.found(id, outputs);
    expect(drifted.extraRoles).toEqual(["system_admin"]);
    const last = {
      status: 400,
      body: '{"id":"app.user.update.lastAdmin.app_error","message":"Cannot demote"}',
    };
    proxy.once({ method: "PUT", path: /roles$/ }, last);
    await expect(behindProxy.implementation.update(id, drifted, inputs)).rejects.toMatchObject({
      code: "last-administrator",
      fix: expect.stringContaining("another person"),
    });
    const person = { username: other, email: "other@bot-co.example", password: "theirs-A1-theirs" };
    await probe.call("PUT", `/users/${await probe.make("/users", person)}/roles`, admin);
    await bot.implementation.update(id, drifted, inputs);
    expect(await bot.found(id, outputs)).toEqual(outputs);
  });

  test.each(["revoke", "disable"])("token: %s is seen, and update makes a new one", async (verb) => {
    const { id, outputs } = await create();
    await probe.call("POST", `/users/tokens/${verb}`, { token_id: outputs.tokenId });
    const drifted = await bot.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, tokenWorks: false });
    expect(await bot.differs(id, outputs, inputs)).toBe(true);
    const repaired = await bot.implementation.update(id, drifted, inputs);
    expect(await probe.whoIs(repaired.token)).toBe(name);
    expect(await bot.found(id, repaired)).toEqual(repaired);
    expect(await tokensOf(id)).toEqual([repaired.tokenId]);
  });

  test("removed: gone for read, said by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.removeUser(name);
    expect(await bot.implementation.read(id, outputs)).toBeUndefined();
    await expect(bot.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "bot-missing",
    });
    await bot.implementation.delete(id, outputs);
    expect(await probe.whoIs((await create()).outputs.token)).toBe(name);
  });
});

describe("delete", () => {
  test("revokes all tokens, disables, and works twice", async () => {
    const { id, outputs } = await create();
    const { token } = await probe.call("POST", `/users/${id}/tokens`, { description: "by hand" });
    await bot.implementation.delete(id, outputs);
    await bot.implementation.delete(id, outputs);
    expect([await probe.whoIs(outputs.token), await probe.whoIs(String(token))]).toEqual([
      undefined,
      undefined,
    ]);
    expect((await probe.call("GET", `/bots/${id}?include_deleted=true`))["delete_at"]).not.toBe(0);
  });

  test("a bot of ours that was deleted comes back with a new token", async () => {
    const { id, outputs } = await create();
    await bot.implementation.delete(id, outputs);
    const back = await create({ displayName: "Back" });
    expect(back.id).toBe(id);
    expect(await probe.whoIs(back.outputs.token)).toBe(name);
    expect(await bot.found(id, back.outputs)).toEqual(back.outputs);
  });
});
