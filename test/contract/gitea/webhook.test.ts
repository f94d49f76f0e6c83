import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { configure } from "../../../providers/gitea/webhook-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];
type Outputs = Parameters<Implementation["delete"]>[1];

const organization = unique("hooks");
const place = `/repos/${organization}/app/hooks`;
const inputs: Inputs = {
  repository: `${organization}/app`,
  organization: undefined,
  url: "http://127.0.0.1:9/in?key=geheim-4711",
  events: ["pull_request", "push", "release"],
  contentType: "json",
  active: true,
  branchFilter: "{main,release/*}",
  rotation: undefined,
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let receiver: Server;
let webhook: ResourceSubject<Inputs, Outputs>;
const received: { readonly signature: unknown; readonly body: string }[] = [];

const create = (news: Inputs = inputs): Promise<{ id: string; outputs: Outputs }> =>
  webhook.implementation.create(news);

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  webhook = new ResourceSubject(configure(process.env));
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ signature: request.headers["x-gitea-signature"], body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  await probe.makeOrganization(organization);
  await probe.call("POST", `/orgs/${organization}/repos`, { name: "app", auto_init: true });
});
beforeEach(async () => {
  proxy.clear();
  for (const { id } of await probe.list(place)) await probe.call("DELETE", `${place}/${String(id)}`);
});
afterAll(async () => {
  await proxy.close();
  receiver.close();
  await probe.remove({ organizations: [organization] });
});

describe("create", () => {
  test("makes a webhook whose posts are signed with the secret", async () => {
    const { port } = receiver.address() as AddressInfo;
    const news = { ...inputs, url: `http://127.0.0.1:${port}/`, branchFilter: undefined };
    const { id, outputs } = await create(news);
    expect(outputs.secret).toHaveLength(32);
    expect(await webhook.found(id, outputs)).toEqual(outputs);
    expect(await webhook.differs(id, outputs, news)).toBe(false);
    await probe.call("POST", `${place}/${id}/tests`);
    for (let tries = 0; received.length === 0 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const [post] = received;
    const signature = createHmac("sha256", outputs.secret)
      .update(post?.body ?? "")
      .digest("hex");
    expect(post?.signature).toBe(signature);
  });

  test("of an organization", async () => {
    const news = { ...inputs, repository: undefined, organization, branchFilter: undefined };
    const { id, outputs } = await create(news);
    expect(await webhook.found(id, outputs)).toEqual(outputs);
    expect(await webhook.differs(id, outputs, news)).toBe(false);
    await webhook.implementation.delete(id, outputs);
    expect(await probe.list(`/orgs/${organization}/hooks`)).toEqual([]);
  });

  test("a lost answer: one webhook, no error, and its secret is the one that counts", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const { id, outputs } = await configure(probe.environment(proxy.url)).create(inputs);
    expect(await webhook.found(id, outputs)).toEqual(outputs);
    expect(proxy.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(await probe.list(place)).toHaveLength(1);
  });

  test("what a killed run left is made anew, since nobody knows its secret", async () => {
    const first = await create();
    const second = await create();
    expect(second.id).not.toBe(first.id);
    expect(await probe.list(place)).toHaveLength(1);
  });

  test("somebody's own webhook to the same address stays", async () => {
    const config = { url: inputs.url, content_type: "json" };
    const { branchFilter: branch_filter, events } = inputs;
    await probe.call("POST", place, { type: "gitea", config, events, branch_filter, active: true });
    await create();
    expect(await probe.list(place)).toHaveLength(2);
  });

  test("no message holds the address", async () => {
    const news = { ...inputs, repository: `${organization}/nowhere` };
    const failure: unknown = await create(news).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "not-found" });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain("geheim");
    const nonsense = await create({ ...inputs, url: "geheim: no address" }).catch((error: unknown) => error);
    expect(nonsense).toMatchObject({
      code: "request-refused",
      message: expect.stringContaining("Invalid url"),
    });
    expect(String(nonsense)).not.toContain("geheim");
  });
});

test.each<[string, Partial<Inputs>]>([
  ["url", { url: "https://other.example/in" }],
  ["events", { events: ["issues_only", "push"] }],
  ["contentType", { contentType: "form" }],
  ["active", { active: false }],
  ["branchFilter", { branchFilter: undefined }],
])("update changes %s and keeps the secret", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...change };
  expect(await webhook.differs(id, outputs, news)).toBe(true);
  const updated = await webhook.implementation.update(id, outputs, news);
  expect(updated).toEqual({ ...outputs, ...change });
  expect(await webhook.found(id, updated)).toEqual(updated);
  expect(await webhook.differs(id, updated, news)).toBe(false);
  await webhook.implementation.update(id, updated, inputs);
  expect(await webhook.found(id, outputs)).toEqual(outputs);
});

test.each<[string, Partial<Inputs>]>([
  ["rotation", { rotation: "2026" }],
  ["repository", { repository: `${organization}/other` }],
])("another %s makes it anew", async (field, change) => {
  const { id, outputs } = await create();
  const { replaces } = await webhook.provider.diff(id, { ...outputs }, { ...inputs, ...change });
  expect(replaces).toEqual([field]);
});

describe("changes by hand", () => {
  const config = { url: "https://evil.example/", content_type: "json" };
  const asDeclared = { events: inputs.events, branch_filter: inputs.branchFilter };
  test.each<[string, object, object]>([
    ["another address", { ...asDeclared, config }, { url: "https://evil.example/" }],
    [
      "an event more",
      { ...asDeclared, events: [...inputs.events, "wiki"] },
      { events: [...inputs.events, "wiki"] },
    ],
    [
      "part of an event's kind",
      { ...asDeclared, events: ["push", "release", "pull_request_only", "pull_request_sync"] },
      { events: ["pull_request_only", "pull_request_sync", "push", "release"] },
    ],
    ["off", { ...asDeclared, active: false }, { active: false }],
    ["other branches", { ...asDeclared, branch_filter: "dev" }, { branchFilter: "dev" }],
  ])("%s: seen and repaired", async (_what, change, seen) => {
    const { id, outputs } = await create();
    await probe.call("PATCH", `${place}/${id}`, change);
    const drifted = await webhook.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await webhook.differs(id, outputs, inputs)).toBe(true);
    await webhook.implementation.update(id, drifted, inputs);
    expect(await webhook.found(id, outputs)).toEqual(outputs);
  });

  test("removed: gone for read, told by update, deleted twice", async () => {
    const { id, outputs } = await create();
    await webhook.implementation.delete(id, outputs);
    await webhook.implementation.delete(id, outputs);
    expect(await webhook.implementation.read(id, outputs)).toBeUndefined();
    await expect(webhook.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "webhook-missing",
    });
  });
});

describe("check", () => {
  const problems = async (change: object): Promise<string[]> => {
    const { failures } = await webhook.provider.check({}, { ...inputs, ...change });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };

  test("an event that Gitea would overlook is a mistake", async () => {
    expect(await problems({ events: ["pushed"] })).toEqual([expect.stringContaining("events.0")]);
    expect(await problems({ events: [] })).toHaveLength(1);
    expect(await problems({})).toEqual([]);
  });

  test.each([
    ["both", { organization }],
    ["neither", { repository: undefined }],
  ])("a repository or an organization, not %s", async (_what, change) => {
    expect(await problems(change)).toEqual([": a webhook has a repository or an organization, one of them"]);
  });
});
