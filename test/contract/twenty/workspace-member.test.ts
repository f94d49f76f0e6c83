import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { serve } from "../../../providers/serve.ts";
import {
  configure,
  type WorkspaceMemberInputs,
} from "../../../providers/twenty/workspace-member-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { TwentyUnderTest } from "./twenty-under-test.ts";

let twenty: TwentyUnderTest;
let proxy: FaultProxy;
let member: ReturnType<typeof configure>;
let inputs: WorkspaceMemberInputs;
let number = 0;

beforeAll(async () => {
  twenty = await TwentyUnderTest.start();
  proxy = await FaultProxy.start(twenty.url);
  member = configure(twenty.environment(proxy.url));
});
beforeEach(() => {
  proxy.clear();
  number += 1;
  inputs = { email: twenty.email(`jane${number}`), enabled: true, adopt: false };
});
afterAll(async () => {
  await proxy.close();
  await twenty.close();
});

/** What only people can do in the real Twenty. */
const join = (email: string): Promise<unknown> => twenty.call("POST", "/stand-in/members", { email });
const invite = (email: string): Promise<unknown> => twenty.call("POST", "/stand-in/invitations", { email });
const withStandIn = process.env["TENANTRY_TEST_TWENTY_URL"] ? test.skip : test;

test("somebody whom nobody invited may join, and is absent until then", async () => {
  const { id, outputs } = await member.create(inputs);
  expect({ id, outputs }).toEqual({ id: inputs.email, outputs: { ...inputs, status: "absent" } });
  expect(await member.read(id, outputs)).toEqual(outputs);
  expect((await serve(member).diff(id, { ...outputs }, { ...inputs })).changes).toBe(false);
  await member.delete(id, outputs);
  await member.delete(id, outputs);
});

withStandIn("a look says how far they are, and that is no change of what is declared", async () => {
  const { id, outputs } = await member.create(inputs);
  await invite(inputs.email);
  expect(await member.read(id, outputs)).toEqual({ ...inputs, status: "invited" });
  await join(inputs.email);
  const found = await member.read(id, outputs);
  expect(found).toEqual({ ...inputs, status: "member" });
  expect((await serve(member).diff(id, { ...found }, { ...inputs })).changes).toBe(false);
});

withStandIn("an address that differs in one character is somebody else's", async () => {
  await join(inputs.email.replace("jane", "jan."));
  expect(
    (await member.create({ ...inputs, email: inputs.email.replace("jane", "jan'") })).outputs.status,
  ).toBe("absent");
});

describe("who is there already", () => {
  withStandIn("is refused as a member, and taken on with adopt: true", async () => {
    await join(inputs.email);
    await expect(member.create(inputs)).rejects.toMatchObject({
      code: "member-not-ours",
      system: "Twenty",
      fix: expect.stringContaining("adopt: true on the person"),
    });
    expect((await member.create({ ...inputs, adopt: true })).outputs.status).toBe("member");
  });

  withStandIn("is welcome as invited: that can be withdrawn", async () => {
    await invite(inputs.email);
    expect((await member.create(inputs)).outputs.status).toBe("invited");
  });
});

describe("leaving", () => {
  withStandIn("withdraws the invitation, and nobody else's, also when the answer is lost", async () => {
    const other = twenty.email(`other${number}`);
    await invite(other);
    const { id, outputs } = await member.create(inputs);
    await invite(inputs.email);
    proxy.once({ method: "POST", path: /metadata/ }, "cut after");
    await member.delete(id, outputs);
    expect((await member.read(id, outputs))?.status).toBe("absent");
    expect((await member.read(other, { ...outputs, email: other }))?.status).toBe("invited");
  });

  withStandIn(
    "says that this Twenty keeps the removal of members to people, until somebody did it",
    async () => {
      const { id, outputs } = await member.create(inputs);
      await join(inputs.email);
      await expect(member.delete(id, outputs)).rejects.toMatchObject({
        code: "capability-missing",
        system: "Twenty",
        message: expect.stringContaining(inputs.email),
        fix: expect.stringContaining("Settings → Members"),
      });
    },
  );

  withStandIn("removes the member where Twenty lets an API key do that", async () => {
    const { id, outputs } = await member.create(inputs);
    await join(inputs.email);
    proxy.once({ method: "DELETE" }, { status: 200, body: '{"data":{"deleteWorkspaceMember":{"id":"…"}}}' });
    await member.delete(id, outputs);
    expect(proxy.calls.filter(({ method }) => method === "DELETE")).toEqual([
      {
        method: "DELETE",
        path: expect.stringMatching(/^\/rest\/workspaceMembers\/[0-9a-f-]{36}\?soft_delete=true$/),
      },
    ]);
  });
});

describe("disabled", () => {
  withStandIn("withdraws an invitation; a new one is seen as a change and withdrawn too", async () => {
    await invite(inputs.email);
    const news = { ...inputs, enabled: false };
    const { id, outputs } = await member.create(news);
    expect(outputs).toEqual({ ...news, status: "absent" });
    expect((await serve(member).diff(id, { ...outputs }, { ...news })).changes).toBe(false);
    await invite(inputs.email);
    const found = await member.read(id, outputs);
    expect(found).toEqual({ ...inputs, status: "invited" });
    expect((await serve(member).diff(id, { ...found }, { ...news })).changes).toBe(true);
    expect(await member.update(id, outputs, news)).toEqual(outputs);
  });

  test("and enabled again changes nothing that an API key could do", async () => {
    const { id, outputs } = await member.create({ ...inputs, enabled: false });
    expect(await member.update(id, outputs, inputs)).toEqual({ ...inputs, status: "absent" });
  });
});

describe("what the GraphQL API refuses", () => {
  test.each([
    ["FORBIDDEN", "missing-privilege"],
    ["UNAUTHENTICATED", "wrong-token"],
    ["BAD_USER_INPUT", "request-refused"],
  ])("%s is %s", async (code, expected) => {
    const errors = [{ message: "No.", extensions: { code } }];
    proxy.once({ path: /metadata/ }, { status: 200, body: JSON.stringify({ errors, data: null }) });
    await expect(member.create(inputs)).rejects.toMatchObject({ code: expected, system: "Twenty" });
  });

  test("an answer of another shape is no answer", async () => {
    proxy.once({ path: /metadata/ }, { status: 200, body: '{"data":{"findWorkspaceInvitations":"none"}}' });
    await expect(member.create(inputs)).rejects.toMatchObject({ code: "unexpected-answer" });
  });
});
