import { expect, test } from "@jest/globals";
import { tenant as model, type Tenant } from "../../../schema/tenant.ts";
import { databaseArgs } from "../../../stacks/database-args.ts";
import { identityArgs } from "../../../stacks/identity-args.ts";

const server = { host: "db.example", port: 5432, locale: "C.UTF-8" };

function tenant(more: object = {}): Tenant {
  const person = (email: string, rest: object = {}): object => ({
    email,
    firstName: "F",
    lastName: "L",
    role: "developer",
    ...rest,
  });
  return model.parse({
    version: 1,
    id: "acme",
    name: "Acme",
    plan: "basic",
    region: "europe-west1",
    domains: ["acme.example"],
    users: [
      person("ada@acme.example"),
      person("bob@acme.example", { username: "builder", services: { database: false } }),
      person("eve@acme.example", { services: { identity: false } }),
    ],
    ...more,
  });
}

test("people have accounts where their services say so, under their usernames", () => {
  const names = (people: readonly { username: string }[] | undefined): string[] | undefined =>
    people?.map(({ username }) => username);
  expect(names(databaseArgs(tenant(), server).people)).toEqual(["ada", "eve"]);
  expect(names(identityArgs(tenant(), "https://sso").people)).toEqual(["ada", "builder"]);
  const off = { services: { database: false } };
  expect(names(databaseArgs(tenant(off), server).people)).toEqual([]);
});

test("names are the tenant's id unless the file has others", () => {
  expect(databaseArgs(tenant(), server)).toMatchObject({ tenant: "acme", name: "acme" });
  expect(identityArgs(tenant(), "https://sso")).toMatchObject({
    tenant: "acme",
    realm: "acme",
    displayName: "Acme",
  });
  const other = { database: { name: "acme_prod" }, identity: { realm: "customers" } };
  expect(databaseArgs(tenant(other), server)).toMatchObject({ tenant: "acme", name: "acme_prod" });
  expect(identityArgs(tenant(other), "https://sso")).toMatchObject({ tenant: "acme", realm: "customers" });
});

test("addresses are allowed in the tenant's domains unless the realm has its own list", () => {
  expect(identityArgs(tenant(), "https://sso").allowedEmailDomains).toEqual(["acme.example"]);
  const own = { identity: { allowedEmailDomains: ["partner.example"] } };
  expect(identityArgs(tenant(own), "https://sso").allowedEmailDomains).toEqual(["partner.example"]);
});

test.each([
  { status: "active", enabled: true, protectedFromDeletion: true },
  { status: "suspended", enabled: false, protectedFromDeletion: true },
  { status: "destroyed", enabled: false, protectedFromDeletion: false },
])("a tenant that is $status", ({ status, enabled, protectedFromDeletion }) => {
  const marked = tenant({ status });
  expect(databaseArgs(marked, server)).toMatchObject({ enabled, protectDatabase: protectedFromDeletion });
  expect(identityArgs(marked, "https://sso")).toMatchObject({ enabled, protectRealm: protectedFromDeletion });
});

test("the secret of an identity provider is read from the variable that the file names", () => {
  const provider = { type: "github", clientId: "Iv1", clientSecret: "env:ACME_TEST_SECRET" };
  const withProvider = tenant({ identity: { identityProviders: [provider] } });
  expect(() => identityArgs(withProvider, "https://sso")).toThrow(/ACME_TEST_SECRET is not set/);
  process.env["ACME_TEST_SECRET"] = "hush";
  try {
    expect(identityArgs(withProvider, "https://sso").identityProviders).toMatchObject([
      { alias: "github", clientSecret: "hush" },
    ]);
  } finally {
    delete process.env["ACME_TEST_SECRET"];
  }
});
