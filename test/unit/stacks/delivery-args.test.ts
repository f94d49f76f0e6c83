import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { tenant as model, type Tenant } from "../../../schema/tenant.ts";
import { deliveryArgs } from "../../../stacks/delivery-args.ts";

const server = { url: "https://app.terraform.io/", organization: "org", vcs: { githubApp: "ghain-1" } };

function tenant(delivery: object, more: object = {}): Tenant {
  return model.parse({
    version: 1,
    id: "acme",
    name: "Acme",
    plan: "basic",
    region: "eu-west",
    delivery,
    ...more,
  });
}

beforeEach(() => void (process.env["DELIVERY_SECRET"] = "hush"));
afterEach(() => void Reflect.deleteProperty(process.env, "DELIVERY_SECRET"));

test("plans are applied by themselves everywhere but in production; versions have a default", () => {
  const environments = [
    { name: "dev" },
    { name: "stage", autoApply: false, terraformVersion: "1.8.0" },
    { name: "prod-eu" },
  ];
  const args = deliveryArgs(tenant({ terraformVersion: "1.9.8", environments }), { server, owner: "acme" });
  expect(args.environments).toMatchObject([
    { name: "dev", autoApply: true, terraformVersion: "1.9.8" },
    { name: "stage", autoApply: false, terraformVersion: "1.8.0" },
    { name: "prod-eu", autoApply: false, terraformVersion: "1.9.8" },
  ]);
  expect(args).toMatchObject({ url: "https://app.terraform.io", enabled: true, protectWorkspaces: true });
});

test.each([
  ["suspended", false, true],
  ["destroyed", false, false],
])("a tenant that is %s", (status, enabled, protectWorkspaces) => {
  const args = deliveryArgs(tenant({}, { status }), { server, owner: "acme" });
  expect(args).toMatchObject({ enabled, protectWorkspaces });
});

test("repositories are the tenant's own, or another's in full", () => {
  const environments = [
    { name: "dev", repository: "infra" },
    { name: "qa", repository: "else/where" },
    { name: "lab" },
  ];
  const args = deliveryArgs(tenant({ environments }), { server, owner: "acme-org" });
  expect(args.environments?.map(({ repository }) => repository)).toEqual([
    "acme-org/infra",
    "else/where",
    undefined,
  ]);
  expect(args.vcs).toEqual({ githubApp: "ghain-1" });
});

test("a repository without a connection is missed before anything is made", () => {
  const place = { server: { url: server.url, organization: "org" }, owner: "acme" };
  const linked = tenant({ environments: [{ name: "dev", repository: "a/b" }] });
  expect(() => deliveryArgs(linked, place)).toThrow(expect.objectContaining({ code: "vcs-missing" }));
  expect(() => deliveryArgs(tenant({ environments: [{ name: "dev" }] }), place)).not.toThrow();
});

test("what a secret refers to is read, and marked; what isn't there fails without a word of it", () => {
  const variables = [
    { key: "a", value: "1" },
    { key: "b", secret: "env:DELIVERY_SECRET" },
  ];
  const place = { server, owner: "acme" };
  const { environments, variableSets } = deliveryArgs(
    tenant({ environments: [{ name: "dev", variables }], variableSets: [{ name: "set", variables }] }),
    place,
  );
  for (const owner of [environments?.[0], variableSets?.[0]]) {
    expect(owner?.variables).toMatchObject([
      { key: "a", value: "1" },
      { key: "b", value: "hush", sensitive: true },
    ]);
    expect(owner?.variables?.[0]?.sensitive).toBeUndefined();
  }
  const unset = tenant({
    variableSets: [{ name: "set", variables: [{ key: "b", secret: "env:DELIVERY_UNSET" }] }],
  });
  expect(() => deliveryArgs(unset, place)).toThrow(expect.objectContaining({ code: "secret-missing" }));
});
