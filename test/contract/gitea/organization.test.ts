import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure } from "../../../providers/gitea/organization-implementation.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { ResourceSubject } from "../../support/resource-subject.ts";
import { GiteaProbe, unique } from "../../support/gitea-probe.ts";

type Implementation = ReturnType<typeof configure>;
type Inputs = Parameters<Implementation["create"]>[0];
type Outputs = Parameters<Implementation["delete"]>[1];

const name = unique("org");
const inputs: Inputs = {
  name,
  fullName: "Acme Inc. <br>",
  description: "What Acme makes",
  visibility: "private",
  adopt: false,
  mark: `tenantry: tenant ${name}`,
};

let probe: GiteaProbe;
let proxy: FaultProxy;
let organization: ResourceSubject<Inputs, Outputs>;

const create = (news: Inputs = inputs): Promise<{ id: string; outputs: Outputs }> =>
  organization.implementation.create(news);

beforeAll(async () => {
  probe = await GiteaProbe.start();
  proxy = await FaultProxy.start(probe.url);
  organization = new ResourceSubject(configure(process.env));
});
beforeEach(async () => {
  proxy.clear();
  await probe.remove({ organizations: [name, `${name}-2`], users: [name] });
});
afterAll(async () => {
  await proxy.close();
  await probe.remove({ organizations: [name, `${name}-2`], users: [name] });
});

describe("create", () => {
  test("makes an organization that only its members see", async () => {
    const { id, outputs } = await create();
    expect(id).toBe(name);
    expect(await organization.found(id, outputs)).toEqual(outputs);
    expect(await organization.differs(id, outputs, inputs)).toBe(false);
    expect((await fetch(`${probe.url}/api/v1/orgs/${name}`)).status).toBe(404);
  });

  test("finishes what a try began whose answer was lost: one organization, no error", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const behindProxy = configure(probe.environment(proxy.url));
    const { id, outputs } = await behindProxy.create(inputs);
    expect(await organization.found(id, outputs)).toEqual(outputs);
    expect(proxy.calls.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("the same one five times at once is one", async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => create()));
    expect(new Set(made.map(({ outputs }) => outputs.number)).size).toBe(1);
  });

  test("refuses one that it did not make, adopts it when it is told to", async () => {
    await probe.makeOrganization(name, { full_name: "Theirs", visibility: "public" });
    await expect(create()).rejects.toMatchObject({
      code: "organization-not-ours",
      fix: expect.stringContaining("adopt: true"),
    });
    expect((await probe.call("GET", `/orgs/${name}`))["full_name"]).toBe("Theirs");
    const news = { ...inputs, adopt: true };
    const { id, outputs } = await create(news);
    expect(await organization.found(id, outputs)).toEqual(outputs);
  });

  test("never adopts another tenant's", async () => {
    await probe.makeOrganization(name, { location: "tenantry: tenant other" });
    await expect(create({ ...inputs, adopt: true })).rejects.toMatchObject({
      code: "organization-not-ours",
      message: expect.stringContaining("tenant other"),
    });
  });

  test("says so when the name is an account's", async () => {
    const body = { username: name, email: `${name}@org.example`, password: "theirs-A1-theirs" };
    await probe.call("POST", "/admin/users", body);
    await expect(create()).rejects.toMatchObject({ code: "conflict", fix: "choose another name" });
  });
});

test.each<[string, Partial<Inputs>]>([
  ["fullName", { fullName: "Globex" }],
  ["description", { description: "" }],
  ["visibility", { visibility: "limited" }],
  ["mark", { mark: "tenantry: tenant renamed" }],
])("update changes %s, and a refresh sees it", async (_field, change) => {
  const { id, outputs } = await create();
  const news = { ...inputs, ...change };
  expect(await organization.differs(id, outputs, news)).toBe(true);
  const updated = await organization.implementation.update(id, outputs, news);
  expect(await organization.found(id, updated)).toEqual({ ...outputs, ...change });
  expect(await organization.differs(id, updated, news)).toBe(false);
});

describe("changes by hand", () => {
  test.each<[object, Partial<Inputs>]>([
    [{ full_name: "X" }, { fullName: "X" }],
    [{ description: "X" }, { description: "X" }],
    [{ visibility: "public" }, { visibility: "public" }],
    [{ location: "Berlin" }, { mark: "Berlin" }],
  ])("%j: seen and repaired", async (change, seen) => {
    const { id, outputs } = await create();
    await probe.call("PATCH", `/orgs/${name}`, change);
    const drifted = await organization.found(id, outputs);
    expect(drifted).toEqual({ ...outputs, ...seen });
    expect(await organization.differs(id, outputs, inputs)).toBe(true);
    await organization.implementation.update(id, drifted, inputs);
    expect(await organization.found(id, outputs)).toEqual(outputs);
  });

  test("removed: gone for read, told by update, made again by create", async () => {
    const { id, outputs } = await create();
    await probe.remove({ organizations: [name] });
    expect(await organization.implementation.read(id, outputs)).toBeUndefined();
    await expect(organization.implementation.update(id, outputs, inputs)).rejects.toMatchObject({
      code: "organization-missing",
    });
    expect((await create()).outputs.number).not.toBe(outputs.number);
  });

  test("removed and made by somebody else: not ours to read, change or delete", async () => {
    const { id, outputs } = await create();
    await probe.remove({ organizations: [name] });
    await probe.makeOrganization(name);
    expect(await organization.implementation.read(id, outputs)).toBeUndefined();
    await organization.implementation.delete(id, outputs);
    expect(await probe.status("GET", `/orgs/${name}`)).toBe(200);
  });

  test("renamed: its old name is free, and what has the new name is left alone", async () => {
    const { id, outputs } = await create();
    await probe.call("POST", `/orgs/${name}/rename`, { new_name: `${name}-2` });
    expect(await organization.implementation.read(id, outputs)).toBeUndefined();
    await organization.implementation.delete(id, outputs);
    expect(await probe.status("GET", `/orgs/${name}-2`)).toBe(200);
  });
});

describe("delete", () => {
  test("removes it, and works twice", async () => {
    const { id, outputs } = await create();
    await organization.implementation.delete(id, outputs);
    expect(await probe.status("GET", `/orgs/${name}`)).toBe(404);
    await organization.implementation.delete(id, outputs);
  });

  test("names what is still in it, and removes nothing", async () => {
    const { id, outputs } = await create();
    for (const each of ["one", "two"]) await probe.call("POST", `/orgs/${name}/repos`, { name: each });
    await expect(organization.implementation.delete(id, outputs)).rejects.toMatchObject({
      code: "organization-not-empty",
      message: expect.stringMatching(/repository one, repository two$/),
    });
    expect(await probe.list(`/orgs/${name}/repos`)).toHaveLength(2);
  });
});
