import { expect, test } from "@jest/globals";
import { systemsOf } from "../../../../fleet/overview/systems-of.ts";
import { tenant as model } from "../../../../schema/tenant.ts";
import { tenantServices } from "../../../../stacks/tenant-services.ts";

const declared = {
  version: 1,
  id: "acme",
  name: "Acme",
  plan: "basic",
  region: "eu",
  services: { collaboration: true, crm: true, workspaces: true },
};
const tenant = model.parse(declared);
const services = {
  there: new Set(["database", "identity", "collaboration", "workspaces"] as const),
  leftOut: tenantServices(tenant, {} as never).missing.filter(({ part }) => part === "crm"),
};
const outputs = {
  tenant: { id: "acme" },
  database: { host: "db", port: 5432, password: "(secret)" },
  identity: {
    issuer: "https://sso.example/realms/acme",
    accountConsole: "https://sso.example/realms/acme/account",
    clients: { portal: { clientId: "portal", clientSecret: "(secret)" } },
  },
  sourceControl: {
    url: "https://git.example/acme",
    repositories: {
      portal: {
        url: "https://git.example/acme/portal",
        clone: "https://git.example/acme/portal.git",
        cloneBySsh: "ssh://git@git.example/acme/portal.git",
      },
    },
  },
  collaboration: {
    url: "javascript:alert(1)",
    withPassword: "https://ada:secret-9@chat.example/",
    databaseUrl: "postgres://ada:secret-9@db/acme",
  },
  people: { ada: { collaboration: { url: "https://chat.example/ada" } } },
};

test("each system that is wanted or there, in the order of the file's sections, and how it stands", () => {
  const found = systemsOf(tenant, services, outputs);
  expect(found.map(({ title, standing }) => [title, standing])).toEqual([
    ["PostgreSQL", "there"],
    ["Keycloak", "there"],
    ["Mattermost", "there"],
    ["Coder", "to come"],
    ["Gitea", "to go"],
    ["Twenty", "left out"],
  ]);
});

test("pages are links, by what they are; the rest are facts; of people and secrets there is nothing", () => {
  const found = systemsOf(tenant, services, outputs);
  expect(found.flatMap(({ links }) => links)).toEqual([
    ["issuer", "https://sso.example/realms/acme"],
    ["account console", "https://sso.example/realms/acme/account"],
    ["open", "https://git.example/acme"],
    ["repositories portal", "https://git.example/acme/portal"],
  ]);
  expect(found[0]?.facts).toEqual([
    ["host", "db"],
    ["port", "5432"],
  ]);
  expect(found.find(({ title }) => title === "Gitea")?.facts).toEqual([
    ["repositories portal clone", "https://git.example/acme/portal.git"],
    ["repositories portal clone by ssh", "ssh://git@git.example/acme/portal.git"],
  ]);
  expect(JSON.stringify(found)).not.toMatch(/secret|chat\.example|ada/);
});

test("a system that nobody here knows, of a file that can't be read", () => {
  const unknown = { terraformCloud: { url: "https://app.example/acme" } };
  expect(systemsOf(undefined, undefined, unknown)).toEqual([
    {
      key: "terraformCloud",
      title: "terraform cloud",
      standing: "there",
      links: [["open", "https://app.example/acme"]],
      facts: [],
    },
  ]);
});

test("of who is to be destroyed all of it is to go", () => {
  const going = model.parse({ ...declared, status: "destroyed", confirmDestroy: "acme" });
  expect(systemsOf(going, services, { database: { host: "db" } })[0]).toMatchObject({ standing: "to go" });
});
