import { afterAll, describe, expect, test } from "@jest/globals";
import { configure, type InvitationInputs } from "../../../providers/mail/invitation-implementation.ts";
import { serve, unknownValue } from "../../../providers/serve.ts";
import { said, TemplatesFolder } from "./invitation-samples.ts";

const folder = new TemplatesFolder();
folder.write("broken/body.txt", "Hello {{ person.nickname }}");
folder.write("acme/subject.txt", "Hello");
afterAll(() => folder.remove());

const environment = { SMTP_HOST: "smtp.acme.example", SMTP_FROM: "Accounts <accounts@acme.example>" };
const provider = serve(configure(environment, { directory: folder.path }));
const { person, tenant, systems, expires, support } = said;
const values = { person, tenant, systems, expires, support };
const inputs: InvitationInputs = {
  tenant: "acme",
  person: "chloe",
  to: "chloe@acme.example",
  reason: "create",
  enabled: true,
  template: "default",
  values,
};
const unsent = { ...inputs, messageId: "<1@acme.example>" };
const sent = { ...unsent, sentAt: "2026-11-21T10:00:00.000Z" };

describe("diff", () => {
  const changes = async (olds: object, news: object): Promise<boolean> =>
    (await provider.diff("acme/chloe", { ...olds }, { ...news })).changes;

  test.each<[string, object, boolean]>([
    ["nothing", {}, false],
    ["what it says", { values: { ...values, expires: "2031-01-01" } }, false],
    [
      "what it says, not known yet",
      { values: { ...values, systems: [{ title: "Chat", password: unknownValue }] } },
      false,
    ],
    ["the template", { template: "acme" }, false],
    ["the sender", { from: "a@acme.example", replyTo: "b@acme.example" }, false],
    ["the address", { to: "chloe.dubois@acme.example" }, true],
    ["the reason", { reason: "2026-11-21-lost-phone" }, true],
    ["the person", { person: "chloe.dubois" }, true],
    ["the tenant", { tenant: "globex" }, true],
  ])("of %s", async (_what, change, expected) => {
    expect(await changes(sent, { ...inputs, ...change })).toBe(expected);
  });

  test("what wasn't sent is one", async () => {
    expect(await changes({ ...unsent, failure: "mail server … refused us" }, inputs)).toBe(true);
    expect(await changes(unsent, inputs)).toBe(true);
  });

  test("a reset that is removed from the file is recorded and sends nothing", async () => {
    const state = { ...sent, reason: "lost-phone" };
    expect(await changes(state, inputs)).toBe(true);
    // There is no server at that address: a try to send would end in a failure.
    const { outs } = await provider.update("acme/chloe", state, { ...inputs });
    expect(outs).toEqual(sent);
    expect(await changes(outs, { ...inputs, reason: "lost-phone" })).toBe(true);
  });
});

test("a new stub alone sends nothing, and takes over what it says by now", async () => {
  const news = { ...inputs, template: "acme" };
  expect(
    await provider.diff("acme/chloe", { ...sent, __provider: "old" }, { ...news, __provider: "new" }),
  ).toMatchObject({
    changes: true,
    replaces: [],
  });
  expect((await provider.update("acme/chloe", sent, news)).outs).toEqual({ ...sent, template: "acme" });
});

test("reading gives what was recorded; deleting is content", async () => {
  expect(await provider.read("acme/chloe", sent)).toEqual({ id: "acme/chloe", props: sent, inputs });
  await provider.delete("acme/chloe", sent);
});

test("nothing is sent to somebody who is shut out, and what is due later", async () => {
  const out = { ...inputs, enabled: false, reason: "lost-phone" };
  const { outs: made } = await provider.create(out);
  expect(made).toEqual({ ...out, messageId: expect.stringMatching(/^<[0-9a-f]{40}@acme\.example>$/) });
  expect(await provider.diff("acme/chloe", made, out)).toMatchObject({ changes: false });
  expect(await provider.diff("acme/chloe", sent, out)).toMatchObject({ changes: false });
  const { outs } = await provider.update("acme/chloe", sent, out);
  expect(outs).toEqual({ ...sent, enabled: false });
  expect(await provider.diff("acme/chloe", outs, { ...inputs })).toMatchObject({ changes: false });
  expect(await provider.diff("acme/chloe", outs, { ...out, enabled: true })).toMatchObject({ changes: true });
});

describe("check", () => {
  const reasons = async (
    change: object,
    settings: Record<string, string> = environment,
  ): Promise<string[]> => {
    const checked = serve(configure(settings, { directory: folder.path }));
    const { failures } = await checked.check({}, { ...inputs, ...change });
    // With a property, the engine would print its value, which holds passwords.
    for (const { property } of failures) expect(property).not.toMatch(/values|password/);
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };

  test.each<[string, object, RegExp]>([
    [
      "a template that isn't there",
      { template: "nowhere" },
      /invitations\/nowhere can't be read .*\[template-missing\]/,
    ],
    [
      "a broken template",
      { template: "broken" },
      /invitations\/broken\/body\.txt, line 1: .*person\.nickname .*\[template-broken\]/,
    ],
    ["a folder elsewhere", { template: "../secrets" }, /^template: the name of a folder/],
    ["an address that isn't", { to: "chloe" }, /^to: /],
    ["two addresses", { to: "a@acme.example,b@acme.example" }, /^to: /],
    ["a header in an address", { replyTo: "a@acme.example\r\nBcc: b@acme.example" }, /^replyTo: /],
    ["a header in the sender", { from: "A <a@acme.example>\r\nBcc: b@acme.example" }, /^from: no sender/],
    [
      "a script as a link",
      { values: { ...values, support: { url: "javascript:alert(1)" } } },
      /^: values\.support\.url: no address/,
    ],
    ["a value that nobody knows", { values: { ...values, nickname: "Chlo" } }, /^: values: /],
  ])("%s", async (_what, change, reason) => {
    expect(await reasons(change)).toEqual([expect.stringMatching(reason)]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["no server", {}, /no mail server is named .*\[mail-settings\]/],
    ["no sender", { SMTP_HOST: "smtp.acme.example" }, /nobody is named as the sender .*\[mail-settings\]/],
  ])("%s", async (_what, settings, reason) => {
    expect(await reasons({}, settings)).toEqual([expect.stringMatching(reason)]);
    expect(await reasons({ template: "broken" }, settings)).toHaveLength(2);
  });

  test("what isn't known yet is no mistake", async () => {
    const systems = [{ title: "Chat", url: unknownValue, password: unknownValue }];
    expect(await reasons({ values: { ...values, systems } })).toEqual([]);
    expect(await reasons({ values: unknownValue })).toEqual([]);
  });
});
