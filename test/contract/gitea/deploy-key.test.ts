import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure } from "../../../providers/gitea/deploy-key-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { GiteaProbe, newKey, unique } from "../../support/gitea-probe.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];
type Outputs = Parameters<Implementation["delete"]>[1];

const organization = unique("keys");
const person = unique("keys-ada");
const place = `/repos/${organization}/app/keys`;
const folder = mkdtempSync(join(tmpdir(), "tenantry-keys-"));
const bare = (key: string): string => key.split(" ").slice(0, 2).join(" ");
const key = await newKey(folder, "one");
const secondKey = await newKey(folder, "two");
const inputs: Inputs = { repository: `${organization}/app`, title: "ci", key: bare(key), readOnly: true };

let probe: GiteaProbe;
let proxy: FaultProxy;
let deployKey: ResourceSubject<Inputs, Outputs>;

const create = (news: Inputs = inputs): Promise<{ id: string; outputs: Outputs }> =>
  deployKey.implementation.create(news);

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  deployKey = new ResourceSubject(configure(process.env));
  await probe.makeOrganization(organization);
  for (const name of ["app", "web"]) {
    await probe.call("POST", `/orgs/${organization}/repos`, { name, auto_init: true });
  }
});
beforeEach(async () => {
  proxy.clear();
  for (const { id } of await probe.list(place)) await probe.call("DELETE", `${place}/${String(id)}`);
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [organization], users: [person] });
  rmSync(folder, { recursive: true });
});

describe("create", () => {
  test("opens its repository and no other", async () => {
    await create();
    const file = join(folder, "one");
    expect(await probe.gitOverSsh(`${organization}/app`, file)).toBe("");
    await probe.call("PATCH", `/repos/${organization}/web`, { private: true });
    expect(await probe.gitOverSsh(`${organization}/web`, file)).not.toBe("");
  });

  test.each([true, false])("makes a key (read-only: %s)", async (readOnly) => {
    const news = { ...inputs, readOnly };
    const { id, outputs } = await create(news);
    expect(await deployKey.found(id, outputs)).toEqual(outputs);
    expect(await deployKey.differs(id, outputs, news)).toBe(false);
    const shown = execFileSync("ssh-keygen", ["-l", "-f", join(folder, "one.pub")], { encoding: "utf8" });
    expect(shown).toContain(outputs.fingerprint);
  });

  test("a comment at the end of a key doesn't count", async () => {
    const { id, outputs } = await create();
    const { inputs: checked } = await deployKey.provider.check({}, { ...inputs, key: `${key} more\n` });
    expect(checked).toEqual(inputs);
    expect((await deployKey.provider.diff(id, { ...outputs }, checked)).changes).toBe(false);
  });

  test("finishes what a try began whose answer was lost: one key, no error", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const { id } = await configure(probe.environment(proxy.url)).create(inputs);
    expect((await create()).id).toBe(id);
    expect(await probe.list(place)).toHaveLength(1);
  });

  test("the same key may open more than one repository", async () => {
    await create();
    const { id, outputs } = await create({ ...inputs, repository: `${organization}/web` });
    await deployKey.implementation.delete(id, outputs);
  });

  test.each<[string, Partial<Inputs>, RegExp]>([
    [
      "the same key with another title",
      { title: "other" },
      /the key other is in .* already, as ci, read-only/,
    ],
    ["the same key with other rights", { readOnly: false }, /already, as ci, read-only/],
    ["another key with the same title", { key: bare(secondKey) }, /another key is called ci/],
  ])("refuses %s", async (_what, change, message) => {
    await create();
    await expect(create({ ...inputs, ...change })).rejects.toMatchObject({
      code: "deploy-key-not-ours",
      message: expect.stringMatching(message),
    });
  });

  test("says so when the key opens somebody's account", async () => {
    const body = { username: person, email: `${person}@keys.example`, password: "theirs-A1-theirs" };
    await probe.call("POST", "/admin/users", body);
    const theirs = await newKey(folder, "three");
    await probe.call("POST", `/admin/users/${person}/keys`, { title: "mine", key: theirs });
    await expect(create({ ...inputs, key: bare(theirs) })).rejects.toMatchObject({
      code: "deploy-key-in-use",
      fix: expect.stringContaining("ssh-keygen"),
    });
  });

  test("says so when it is no key", async () => {
    await expect(create({ ...inputs, key: "ssh-ed25519 AAAA" })).rejects.toMatchObject({
      code: "deploy-key-refused",
    });
  });
});

test("another title, key, right or repository makes it anew", async () => {
  const { id, outputs } = await create();
  const news = {
    repository: `${organization}/web`,
    title: "x",
    key: bare(await newKey(folder, "four")),
    readOnly: false,
  };
  const { replaces } = await deployKey.provider.diff(id, { ...outputs }, news);
  expect(replaces.sort()).toEqual(["key", "readOnly", "repository", "title"]);
  expect(await deployKey.implementation.update(id, outputs, inputs)).toEqual(outputs);
});

test("removed by hand: gone for read, made again, deleted twice, also when the repository is gone", async () => {
  const { id, outputs } = await create();
  await probe.call("DELETE", `${place}/${id}`);
  expect(await deployKey.implementation.read(id, outputs)).toBeUndefined();
  const again = await create();
  await deployKey.implementation.delete(again.id, again.outputs);
  await deployKey.implementation.delete(again.id, again.outputs);
  expect(await probe.list(place)).toEqual([]);
  const gone = { ...outputs, repository: `${organization}/nowhere` };
  expect(await deployKey.implementation.read(id, gone)).toBeUndefined();
  await deployKey.implementation.delete(id, gone);
});
