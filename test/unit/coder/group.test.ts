import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { requireCoderFeature } from "../../../providers/coder/feature.ts";
import { configure, type GroupInputs } from "../../../providers/coder/group-implementation.ts";
import type { Implementation } from "../../../providers/implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { PremiumCoder } from "./premium-coder.ts";

let coder: PremiumCoder;
let server: Awaited<ReturnType<PremiumCoder["start"]>>;
let proxy: FaultProxy;
let group: Implementation<GroupInputs, GroupInputs>;
let inputs: GroupInputs;

const environment = (): Record<string, string> => ({
  CODER_URL: proxy.url,
  CODER_SESSION_TOKEN: "token-of-a-test",
});

beforeAll(async () => {
  coder = new PremiumCoder();
  server = await coder.start();
  proxy = await FaultProxy.start(server.url);
  group = configure(environment());
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});
beforeEach(() => {
  proxy.clear();
  coder.groups.length = 0;
  coder.changes.length = 0;
  coder.features = { template_rbac: { enabled: true }, multiple_organizations: { enabled: true } };
  inputs = group.inputs.parse({
    tenant: "acme",
    name: "acme-payments",
    displayName: "Payments",
    members: ["jim", "jane"],
  });
});

const differs = async (id: string): Promise<boolean> =>
  (await serve(group).diff(id, { ...(await group.read(id, inputs)) }, { ...inputs })).changes;
const inDefault = (): string => coder.organizations[0]?.id ?? "";

describe("create", () => {
  test("makes a group of all its members, and nothing is left to change", async () => {
    const { id } = await group.create(inputs);
    expect(coder.groups).toMatchObject([
      { id, organization: inDefault(), name: "acme-payments", display_name: "Payments" },
    ]);
    expect(coder.groups[0]?.members.map((member) => member.id).sort()).toEqual(["jane", "jim"]);
    expect(await differs(id)).toBe(false);
  });

  test("of no members is one call; in no organization that there isn't", async () => {
    await group.create({ ...inputs, members: [] });
    expect(coder.changes).toEqual([`POST /organizations/${inDefault()}/groups`]);
    const elsewhere = group.create({ ...inputs, organization: "nowhere" });
    await expect(elsewhere).rejects.toMatchObject({ code: "organization-missing" });
  });

  test.each([
    ["the licence has no groups", { template_rbac: { enabled: false } }],
    ["the licence doesn't know groups", {}],
  ])("%s: refused before anything is made", async (_what, features) => {
    coder.features = features;
    await expect(group.create(inputs)).rejects.toMatchObject({
      code: "capability-missing",
      message: expect.stringContaining("no licence"),
      fix: expect.stringContaining("template_rbac"),
    });
    await expect(requireCoderFeature(environment(), "groups")).rejects.toMatchObject({
      code: "capability-missing",
    });
    expect(coder.changes).toEqual([]);
  });

  test("the licence has both: nothing to say", async () => {
    await requireCoderFeature(environment(), "groups");
    await requireCoderFeature(environment(), "organizations");
  });

  test.each([
    ["other members", "Payments", [{ id: "joe" }]],
    ["another display name", "Theirs", []],
  ])("refuses a group with %s, adopts it when told", async (_what, display_name, members) => {
    const theirs = { id: "g-1", organization: inDefault(), name: inputs.name, display_name, members };
    coder.groups.push(theirs);
    await expect(group.create(inputs)).rejects.toMatchObject({
      code: "group-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    expect(coder.changes).toEqual([]);
    expect((await group.create({ ...inputs, adopt: true })).id).toBe("g-1");
    expect(await differs("g-1")).toBe(false);
  });

  test.each([
    ["has no members yet", []],
    ["has the declared members", [{ id: "jim" }, { id: "jane" }]],
  ])("takes what an earlier try made: it %s", async (_what, members) => {
    const earlier = {
      id: "g-1",
      organization: inDefault(),
      name: inputs.name,
      display_name: "Payments",
      members,
    };
    coder.groups.push(earlier);
    expect((await group.create(inputs)).id).toBe("g-1");
    expect(await differs("g-1")).toBe(false);
  });

  test("when answers get lost there is one group, with each member once", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const { id } = await group.create(inputs);
    expect(coder.groups.map((each) => each.id)).toEqual([id]);
    expect(await differs(id)).toBe(false);
  });
});

describe("update", () => {
  test("name, display name and members", async () => {
    const { id } = await group.create(inputs);
    inputs = { ...inputs, name: "acme-pay", displayName: "", members: ["jane", "joe"] };
    await group.update(id, inputs, inputs);
    expect(coder.groups[0]).toMatchObject({ name: "acme-pay", display_name: "" });
    expect(await differs(id)).toBe(false);
  });

  test("what somebody changed is seen and repaired; when nothing is, nothing is sent", async () => {
    const { id } = await group.create(inputs);
    coder.groups[0]?.members.push({ id: "joe" });
    expect((await group.read(id, inputs))?.members).toEqual(["jane", "jim", "joe"]);
    expect(await differs(id)).toBe(true);
    await group.update(id, inputs, inputs);
    expect(await differs(id)).toBe(false);
    coder.changes.length = 0;
    await group.update(id, inputs, inputs);
    expect(coder.changes).toEqual([]);
  });

  test("another organization makes another group", async () => {
    const { replaces } = await serve(group).diff("g-1", { ...inputs }, { ...inputs, organization: "acme" });
    expect(replaces).toEqual(["organization"]);
  });
});

describe("delete", () => {
  test("twice; then it is gone, and an update says so", async () => {
    const { id } = await group.create(inputs);
    await group.delete(id, inputs);
    await group.delete(id, inputs);
    expect(coder.groups).toEqual([]);
    expect(await group.read(id, inputs)).toBeUndefined();
    await expect(group.update(id, inputs, inputs)).rejects.toMatchObject({ code: "group-missing" });
  });
});
