import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { requireMattermostSignIn } from "../../../providers/mattermost/capability.ts";
import { checkMattermost } from "../../../providers/mattermost/preflight.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { MattermostProbe } from "../../support/mattermost-probe.ts";

const username = "preflight-co_alice";

let probe: MattermostProbe;
let proxy: FaultProxy;

beforeAll(async () => {
  probe = await MattermostProbe.start();
  proxy = await FaultProxy.start(probe.url);
});
beforeEach(() => proxy.clear());
afterAll(async () => {
  await proxy.close();
  await probe.removeUser(username);
});

test("a system administrator's token will do, with a slash behind the address too", async () => {
  await checkMattermost(process.env);
  await checkMattermost({ ...process.env, MATTERMOST_URL: `${probe.url}/` });
});

test.each<[string, string, Record<string, string | undefined>, RegExp]>([
  ["no token", "credentials-missing", { MATTERMOST_TOKEN: undefined }, /MATTERMOST_TOKEN/],
  ["no address", "credentials-missing", { MATTERMOST_URL: undefined }, /MATTERMOST_URL/],
  ["an address that is none", "credentials-missing", { MATTERMOST_URL: "chat" }, /MATTERMOST_URL/],
  ["a wrong token", "wrong-token", { MATTERMOST_TOKEN: "wrongwrongwrongwrongwrong1" }, /MATTERMOST_TOKEN/],
  ["a host that isn't there", "server-unreachable", { MATTERMOST_URL: "http://nowhere.invalid" }, /address/],
])("%s: %s", async (_what, code, change, fix) => {
  await expect(checkMattermost({ ...process.env, ...change })).rejects.toMatchObject({
    code,
    system: "Mattermost",
    fix: expect.stringMatching(fix),
  });
});

test("a token of somebody who is no administrator", async () => {
  await probe.removeUser(username);
  const password = "theirs-A1-theirs";
  await probe.make("/users", { username, email: "alice@preflight-co.example", password });
  const token = await probe.signIn(username, password);
  await expect(checkMattermost({ ...process.env, MATTERMOST_TOKEN: token })).rejects.toMatchObject({
    code: "missing-privilege",
    message: expect.stringContaining(username),
  });
});

describe("what isn't the Mattermost that it should be", () => {
  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, MATTERMOST_URL: proxy.url });

  test.each([
    ["nothing at that path", { status: 404 }],
    ["a page", { status: 200, body: "<html></html>" }],
    ["another API", { status: 200, body: '{"hello":"world"}' }],
    ["a redirect", { status: 302, headers: { location: "https://elsewhere.example" } }],
  ])("%s", async (_what, fault) => {
    proxy.always({}, fault);
    await expect(checkMattermost(environment())).rejects.toMatchObject({ code: "not-mattermost" });
  });

  test("an old one", async () => {
    proxy.always({ path: /config\/client/ }, { status: 200, body: '{"Version":"5.39.3"}' });
    await expect(checkMattermost(environment())).rejects.toMatchObject({
      code: "server-too-old",
      message: expect.stringContaining("5.39.3"),
    });
  });

  test("one that is down says so", async () => {
    proxy.always({}, { status: 503 });
    await expect(checkMattermost(environment())).rejects.toMatchObject({ code: "server-error" });
  });
});

test("a program learns before it declares anything which sign-in the server has", async () => {
  await expect(requireMattermostSignIn(process.env, "openid")).rejects.toMatchObject({
    code: "capability-missing",
    fix: expect.stringContaining("licence"),
  });
  proxy.always({}, { status: 200, body: '{"EnableSignUpWithOpenId":"true"}' });
  await requireMattermostSignIn({ ...process.env, MATTERMOST_URL: proxy.url }, "openid");
});
