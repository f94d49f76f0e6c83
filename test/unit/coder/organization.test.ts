import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { configure, type OrganizationInputs } from "../../../providers/coder/organization-implementation.ts";
import type { Implementation } from "../../../providers/implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { FaultProxy } from "../../support/fault-proxy.ts";
import { PremiumCoder } from "./premium-coder.ts";

let coder: PremiumCoder;
let server: Awaited<ReturnType<PremiumCoder["start"]>>;
let proxy: FaultProxy;
let organization: Implementation<OrganizationInputs, OrganizationInputs>;
let inputs: OrganizationInputs;

beforeAll(async () => {
  coder = new PremiumCoder();
  server = await coder.start();
  proxy = await FaultProxy.start(server.url);
  organization = configure({ CODER_URL: proxy.url, CODER_SESSION_TOKEN: "token-of-a-test" });
});
afterAll(async () => {
  await proxy.close();
  await server.close();
});
beforeEach(() => {
  proxy.clear();
  coder.organizations.length = 1;
  coder.changes.length = 0;
  coder.features = { multiple_organizations: { enabled: true } };
  coder.organizationsAreUsed = false;
  inputs = organization.inputs.parse({ tenant: "acme", name: "acme", description: "Acme's own." });
});

const differs = async (id: string): Promise<boolean> =>
  (await serve(organization).diff(id, { ...(await organization.read(id, inputs)) }, { ...inputs })).changes;
const theirs = (
  description: string,
): { id: string; name: string; display_name: string; description: string } => ({
  id: "o-1",
  name: "acme",
  display_name: "Theirs",
  description,
});

describe("create", () => {
  test("makes and marks it, and nothing is left to change", async () => {
    const { id } = await organization.create(inputs);
    expect(coder.organizations[1]).toEqual({
      id,
      name: "acme",
      display_name: "acme",
      description: "Acme's own. [tenantry: tenant acme]",
    });
    expect(await differs(id)).toBe(false);
  });

  test("without a description it has the mark alone", async () => {
    inputs = { ...inputs, description: "", displayName: "Acme" };
    const { id } = await organization.create(inputs);
    expect(coder.organizations[1]).toMatchObject({
      display_name: "Acme",
      description: "[tenantry: tenant acme]",
    });
    expect(await differs(id)).toBe(false);
  });

  test("the licence has one organization only: refused before anything is made", async () => {
    coder.features = { multiple_organizations: { enabled: false } };
    await expect(organization.create(inputs)).rejects.toMatchObject({ code: "capability-missing" });
    expect(coder.changes).toEqual([]);
  });

  test.each(["", "[tenantry: tenant globex]", "about [tenantry: tenant acme] and more"])(
    "refuses one that is described as %j, adopts it when told",
    async (description) => {
      coder.organizations.push(theirs(description));
      await expect(organization.create(inputs)).rejects.toMatchObject({
        code: "organization-not-ours",
        fix: expect.stringContaining("adopt: true"),
      });
      expect(coder.changes).toEqual([]);
      expect((await organization.create({ ...inputs, adopt: true })).id).toBe("o-1");
      expect(await differs("o-1")).toBe(false);
    },
  );

  test("takes what an earlier try made", async () => {
    coder.organizations.push(theirs("Old. [tenantry: tenant acme]"));
    expect((await organization.create(inputs)).id).toBe("o-1");
    expect(await differs("o-1")).toBe(false);
  });

  test("when the answer gets lost there is one", async () => {
    proxy.once({ method: "POST" }, "cut after");
    const { id } = await organization.create(inputs);
    expect(coder.organizations.slice(1).map((each) => each.id)).toEqual([id]);
  });
});

describe("update", () => {
  test("name, display name and description", async () => {
    const { id } = await organization.create(inputs);
    inputs = { ...inputs, name: "acme-eu", displayName: "Acme EU", description: "In\ntwo lines." };
    await organization.update(id, inputs, inputs);
    expect(coder.organizations[1]).toMatchObject({ id, name: "acme-eu", display_name: "Acme EU" });
    expect(await differs(id)).toBe(false);
  });

  test("a mark that somebody took away is seen and put back", async () => {
    const { id } = await organization.create(inputs);
    Object.assign(coder.organizations[1] ?? {}, { description: "Acme's own." });
    expect(await organization.read(id, inputs)).toMatchObject({ tenant: "", description: "Acme's own." });
    expect(await differs(id)).toBe(true);
    await organization.update(id, inputs, inputs);
    expect(await differs(id)).toBe(false);
  });
});

describe("delete", () => {
  test("twice; then it is gone, and an update says so", async () => {
    const { id } = await organization.create(inputs);
    await organization.delete(id, inputs);
    await organization.delete(id, inputs);
    expect(coder.organizations).toHaveLength(1);
    expect(await organization.read(id, inputs)).toBeUndefined();
    await expect(organization.update(id, inputs, inputs)).rejects.toMatchObject({
      code: "organization-missing",
    });
  });

  test("says what is still in it", async () => {
    const { id } = await organization.create(inputs);
    coder.organizationsAreUsed = true;
    await expect(organization.delete(id, inputs)).rejects.toMatchObject({
      code: "organization-in-use",
      message: expect.stringContaining("1 template"),
    });
  });
});
