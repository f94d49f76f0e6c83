import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  configure,
  type WebhookInputs,
  type WebhookOutputs,
} from "../../../providers/mattermost/incoming-webhook-implementation.ts";
import { Failure } from "../../../report/failure.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { describeHttpFailures } from "../../support/http-failures.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";

const mark = "tenantry: tenant hook-co";
const teamName = "hook-co";
const secretId = "thesecretofthiswebhook0000";

let probe: MattermostProbe;
let proxy: FaultProxy;
let hook: ResourceSubject<WebhookInputs, WebhookOutputs>;
let behindProxy: ResourceSubject<WebhookInputs, WebhookOutputs>;
let team: string;
let inputs: WebhookInputs;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
  hook = new ResourceSubject(configure(process.env));
  behindProxy = new ResourceSubject(configure({ ...process.env, MATTERMOST_URL: proxy.url }));
  await probe.removeTeam(teamName);
  team = await probe.make("/teams", { name: teamName, display_name: "Co", type: "I" });
});
beforeEach(async () => {
  proxy.clear();
  inputs = {
    channel: await newChannel(),
    displayName: "Alerts",
    description: "From the monitoring",
    username: undefined,
    locked: true,
    mark,
  };
});
afterAll(async () => {
  await proxy.close();
  await probe.removeTeam(teamName);
});

let channels = 0;
function newChannel(): Promise<string> {
  channels += 1;
  return probe.make("/channels", {
    team_id: team,
    name: `alerts-${channels}`,
    display_name: "Alerts",
    type: "P",
  });
}
const create = (change: Partial<WebhookInputs> = {}): Promise<{ id: string; outputs: WebhookOutputs }> =>
  hook.implementation.create({ ...inputs, ...change });
const idOf = ({ url }: WebhookOutputs): string => url.slice(url.lastIndexOf("/") + 1);
const posts = async ({ url }: WebhookOutputs, more: object = {}): Promise<boolean> =>
  (await fetch(url, { method: "POST", body: JSON.stringify({ text: "Disk full", ...more }) })).ok;
const hooksOf = async (channel: string): Promise<unknown[]> =>
  (await probe.list(`/hooks/incoming?team_id=${team}&per_page=200`)).filter(
    (each) => each["channel_id"] === channel,
  );

describe("create", () => {
  test("makes an address that posts to its channel and no other", async () => {
    const { id, outputs } = await create();
    expect(await posts(outputs)).toBe(true);
    expect(await posts(outputs, { channel: "town-square" })).toBe(false);
    expect(await hook.found(id, outputs)).toEqual(outputs);
    expect(await hook.differs(id, outputs, inputs)).toBe(false);
  });

  test("gives an id that tells nothing of the address", async () => {
    const { id, outputs } = await create();
    expect(id).toMatch(/^[0-9a-f]{26}$/);
    expect(id).not.toBe(idOf(outputs));
  });

  test("makes one webhook when the answer is lost, and finishes what an earlier try began", async () => {
    proxy.once({ method: "POST", path: /\/hooks\/incoming$/ }, "cut after");
    const { id, outputs } = await behindProxy.implementation.create(inputs);
    expect(await hooksOf(inputs.channel)).toHaveLength(1);
    const again = await create({ description: "" });
    expect(again.id).toBe(id);
    expect(idOf(again.outputs)).toBe(idOf(outputs));
    expect(await hook.found(id, again.outputs)).toEqual(again.outputs);
    expect(await hooksOf(inputs.channel)).toHaveLength(1);
  });

  test("leaves a webhook of that name alone that isn't ours", async () => {
    const body = { channel_id: inputs.channel, display_name: inputs.displayName, description: "theirs" };
    const theirs = await probe.make("/hooks/incoming", body);
    const { outputs } = await create();
    expect(idOf(outputs)).not.toBe(theirs);
    expect((await probe.call("GET", `/hooks/incoming/${theirs}`))["description"]).toBe("theirs");
  });

  test("says that webhooks have no names of their own here, and makes nothing", async () => {
    await expect(create({ username: "monitor" })).rejects.toMatchObject({
      code: "capability-missing",
      fix: expect.stringContaining("EnablePostUsernameOverride"),
    });
    expect(await hooksOf(inputs.channel)).toEqual([]);
  });

  test("says that the server allows no webhooks", async () => {
    const off = {
      status: 501,
      body: '{"id":"api.incoming_webhook.disabled.app_error","message":"disabled"}',
    };
    proxy.always({ path: /hooks\/incoming/ }, off);
    await expect(behindProxy.implementation.create(inputs)).rejects.toMatchObject({
      code: "capability-missing",
      fix: expect.stringContaining("EnableIncomingWebhooks"),
    });
  });
});

test.each<[string, () => Partial<WebhookInputs> | Promise<Partial<WebhookInputs>>]>([
  ["displayName", () => ({ displayName: "Alarms (all)" })],
  ["description", () => ({ description: "" })],
  ["locked", () => ({ locked: false })],
  ["channel", async () => ({ channel: await newChannel() })],
])("update changes %s and keeps the address", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...(await change()) };
  expect(await hook.differs(id, outputs, news)).toBe(true);
  const updated = await hook.implementation.update(id, outputs, news);
  expect(updated.url).toBe(outputs.url);
  expect(await hook.found(id, updated)).toEqual(updated);
  expect(await hook.differs(id, updated, news)).toBe(false);
  expect(await posts(updated)).toBe(true);
});

describe("changes by hand", () => {
  test("other texts: seen and repaired", async () => {
    const { id, outputs } = await create();
    const body = { id: idOf(outputs), channel_id: inputs.channel, display_name: "X", description: "mine" };
    await probe.call("PUT", `/hooks/incoming/${idOf(outputs)}`, body);
    const drifted = await hook.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, displayName: "X", description: "mine", mark: "", locked: false });
    expect(await hook.differs(id, outputs, inputs)).toBe(true);
    await hook.implementation.update(id, drifted, inputs);
    expect(await hook.found(id, outputs)).toEqual(outputs);
  });

  test("removed: gone for read, and create makes a new address", async () => {
    const { id, outputs } = await create();
    await probe.call("DELETE", `/hooks/incoming/${idOf(outputs)}`);
    expect(await hook.implementation.read(id, outputs)).toBeUndefined();
    await expect(hook.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "not-found",
      message: expect.not.stringContaining(idOf(outputs)),
    });
    const again = await create();
    expect(again.outputs.url).not.toBe(outputs.url);
    expect(await posts(again.outputs)).toBe(true);
  });
});

test.each<[string, () => Promise<unknown>]>([
  ["twice", () => Promise.resolve()],
  ["after its channel was archived", () => probe.call("DELETE", `/channels/${inputs.channel}`)],
  ["after its channel was removed", () => probe.call("DELETE", `/channels/${inputs.channel}?permanent=true`)],
])("deleting works %s, and the address is worth nothing then", async (_when, before) => {
  const { id, outputs } = await create();
  await before();
  await hook.implementation.delete(id, outputs);
  await hook.implementation.delete(id, outputs);
  expect(await posts(outputs)).toBe(false);
  expect(await hook.implementation.read(id, outputs)).toBeUndefined();
});

test("no failure tells the address", async () => {
  const { id, outputs } = await create();
  proxy.always({ path: /hooks/ }, { status: 403 });
  for (const work of [
    () => behindProxy.implementation.read(id, outputs),
    () => behindProxy.implementation.update(id, outputs, inputs),
    () => behindProxy.implementation.delete(id, outputs),
  ]) {
    const failure = await work().catch((error: unknown) => error);
    if (!(failure instanceof Failure)) throw new Error("it should have failed", { cause: failure });
    expect(failure.code).toBe("missing-privilege");
    expect(`${failure.message} ${String(failure.fix)} ${String(failure.cause)}`).not.toContain(idOf(outputs));
  }
});

describeHttpFailures({
  system: "Mattermost",
  url: () => probe.url,
  secrets: () => [String(process.env["MATTERMOST_TOKEN"]), secretId],
  read: (url) =>
    configure({ ...process.env, MATTERMOST_URL: url }).read("x", {
      ...inputs,
      url: `${url}/hooks/${secretId}`,
    }),
  create: (url) => configure({ ...process.env, MATTERMOST_URL: url }).create(inputs),
});
