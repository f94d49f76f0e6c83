import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { gitea } from "../../../providers/gitea/system.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { basic, GiteaProbe, unique } from "../../support/gitea-probe.ts";

const person = unique("preflight-ada");
const credentials = { username: person, password: "theirs-A1-theirs" };

let probe: GiteaProbe;
let proxy: FaultProxy;

const check = (change: Record<string, string | undefined> = {}): Promise<void> =>
  gitea.check({ ...probe.environment(proxy.url), ...change });
const answersVersion = (version: string): void =>
  proxy.always({ path: /\/version$/ }, { status: 200, body: JSON.stringify({ version }) });

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  const body = { ...credentials, email: `${person}@preflight.example`, must_change_password: false };
  await probe.call("POST", "/admin/users", body);
});
beforeEach(() => proxy.clear());
afterAll(async () => {
  await proxy.close();
  await probe.remove({ users: [person] });
});

test("an administrator's token passes, and nothing is made", async () => {
  const count = async (): Promise<unknown[]> =>
    Promise.all(
      ["/user/repos", "/user/keys", "/user/orgs"].map(async (path) => (await probe.list(path)).length),
    );
  const before = await count();
  await check();
  expect(await count()).toEqual(before);
});

test.each(["1.26.0", "1.27.1", "2.0.0", "1.26.4+dev-12-gabcdef", "development"])(
  "version %s is new enough",
  async (version) => {
    answersVersion(version);
    await check();
  },
);

test.each([
  ["1.25.9", "server-too-old"],
  ["0.99.0", "server-too-old"],
  ["12.0.0+gitea-1.22.0", "not-gitea"],
  ["", "not-gitea"],
])("version '%s' is %s", async (version, code) => {
  answersVersion(version);
  await expect(check()).rejects.toMatchObject({ code, system: "Gitea", fix: expect.any(String) });
});

test.each([
  ["another server's page", { status: 200, body: "<html>" }],
  ["nothing there", { status: 404 }],
  ["a redirect", { status: 302, headers: { location: "https://elsewhere.example" } }],
])("%s is not Gitea", async (_what, fault) => {
  proxy.always({ path: /\/version$/ }, fault);
  await expect(check()).rejects.toMatchObject({ code: "not-gitea" });
});

describe("the token", () => {
  test("is unknown", async () => {
    await expect(check({ GITEA_SERVER_TOKEN: "0".repeat(40) })).rejects.toMatchObject({
      code: "wrong-token",
      fix: expect.stringContaining("GITEA_SERVER_TOKEN"),
    });
  });

  test("is a person's who is no administrator", async () => {
    const token = await probe.tokenOf(credentials);
    await expect(check({ GITEA_SERVER_TOKEN: token })).rejects.toMatchObject({
      code: "missing-privilege",
      message: `${person} is no site administrator`,
    });
  });

  test.each([
    [["read:user", "read:admin", "read:organization", "read:repository"], "write:admin"],
    [["write:user", "write:admin", "read:organization", "write:repository"], "write:organization"],
    [["write:user", "write:admin", "write:organization", "read:repository"], "write:repository"],
    [["read:user", "write:admin", "write:organization", "write:repository"], "write:user"],
  ])("with the scopes %j lacks %s", async (scopes, lacking) => {
    await probe.editUser(person, { admin: true });
    const body = { name: unique("scoped"), scopes };
    const { sha1 } = await probe.call("POST", `/users/${person}/tokens`, body, basic(credentials));
    const failure: unknown = await check({ GITEA_SERVER_TOKEN: String(sha1) }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: "missing-privilege", message: expect.stringContaining(lacking) });
    expect(String(failure)).not.toContain(String(sha1));
  });
});

test.each([
  ["GITEA_SERVER_URL", undefined],
  ["GITEA_SERVER_URL", "gitea.example.com"],
  ["GITEA_SERVER_TOKEN", undefined],
  ["GITEA_SERVER_TOKEN", ""],
])("%s is %j", async (name, value) => {
  await expect(check({ [name]: value })).rejects.toMatchObject({
    code: "credentials-missing",
    message: expect.stringContaining(name),
  });
});

test("an address with a slash at its end works too", async () => {
  await check({ GITEA_SERVER_URL: `${proxy.url}/` });
});
