import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environmentFile, loadEnvironment, parseStackName } from "../../../stacks/environment.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-environment-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function describeServers(name: string, text: string): void {
  mkdirSync(dirname(environmentFile(root, name)), { recursive: true });
  writeFileSync(environmentFile(root, name), text);
}

test.each([
  ["local.acme", "local", "acme"],
  ["prod.acme-eu", "prod", "acme-eu"],
  ["prod.a.b", "prod", "a.b"],
])("stack %s", (name, environment, tenant) => {
  expect(parseStackName(name)).toEqual({ environment, tenant });
});

test.each(["local", ".acme", "local.", ""])("stack %j names no tenant", (name) => {
  expect(() => parseStackName(name)).toThrow(expect.objectContaining({ code: "stack-name" }));
});

test("addresses have secure defaults", () => {
  describeServers("prod", "postgres: { host: db.example }\nkeycloak: { url: https://sso.example }\n");
  expect(loadEnvironment(root, "prod")).toEqual({
    postgres: { host: "db.example", port: 5432, sslmode: "verify-full", database: "postgres" },
    keycloak: { url: "https://sso.example" },
  });
});

test("an environment can have more systems, or do without", () => {
  const required = "postgres: { host: db.example }\nkeycloak: { url: https://sso.example }\n";
  describeServers(
    "prod",
    `${required}mattermost: { url: https://chat.example }\ncoder: none\nmail: { host: smtp.example, from: a@b.example }\n`,
  );
  const environment = loadEnvironment(root, "prod");
  expect(environment).toMatchObject({
    mattermost: { url: "https://chat.example" },
    coder: "none",
    mail: { host: "smtp.example", port: 587, tls: "starttls", from: "a@b.example" },
  });
  expect(environment.gitea).toBeUndefined();
});

test("a catalog is in one of the environment's systems", () => {
  const required = "postgres: { host: db.example }\nkeycloak: { url: https://sso.example }\n";
  const catalog = "catalog: { system: gitea, repository: platform/catalog }\n";
  describeServers("prod", `${required}gitea: { url: https://git.example }\n${catalog}`);
  expect(loadEnvironment(root, "prod").catalog).toEqual({
    system: "gitea",
    repository: "platform/catalog",
    branch: "main",
    path: "tenants",
  });
  for (const gitea of ["", "gitea: none\n"]) {
    describeServers("prod", `${required}${gitea}${catalog}`);
    expect(() => loadEnvironment(root, "prod")).toThrow(
      /prod\.yaml:[34]:20 catalog\.system: this environment has no such system$/,
    );
  }
});

test("a catalog in GitHub is in the environment's organization", () => {
  const servers =
    "postgres: { host: db }\nkeycloak: { url: https://sso.example }\ngithub: { organization: Initech }\n";
  describeServers("prod", `${servers}catalog: { system: github, repository: initech/catalog }\n`);
  expect(loadEnvironment(root, "prod").catalog).toMatchObject({
    system: "github",
    repository: "initech/catalog",
  });
  describeServers("prod", `${servers}catalog: { system: github, repository: other/catalog }\n`);
  expect(() => loadEnvironment(root, "prod")).toThrow(/environment's organization/);
});

test.each([
  "repository: catalog",
  "repository: a/b, path: /x",
  "repository: a/b, path: x/",
  "repository: a/b, path: x/../y",
  "repository: a/b, paht: x",
])("a catalog of %s is refused", (more) => {
  const servers =
    "postgres: { host: db }\nkeycloak: { url: https://sso.example }\ngitea: { url: https://git.example }\n";
  describeServers("prod", `${servers}catalog: { system: gitea, ${more} }\n`);
  expect(() => loadEnvironment(root, "prod")).toThrow(
    expect.objectContaining({ code: "environment-invalid" }),
  );
});

test("an environment without a file says where it belongs", () => {
  expect(() => loadEnvironment(root, "prod")).toThrow(
    expect.objectContaining({
      code: "environment-unknown",
      fix: `describe its servers in ${environmentFile(root, "prod")}`,
    }),
  );
  expect(() => loadEnvironment(root, "local")).toThrow(
    expect.objectContaining({ fix: "start it with: npx tenantry local up" }),
  );
});

const required = "postgres: { host: db }\nkeycloak: { url: https://sso }\n";
test.each([
  [
    "a secret in it",
    "postgres: { host: db, password: hush }\nkeycloak: { url: https://sso }\n",
    "1:23 postgres.password: unknown key; allowed: host, port, sslmode, database, locale",
  ],
  [
    "a port that is none",
    "postgres: { host: db, port: 70000 }\nkeycloak: { url: https://sso }\n",
    "1:29 postgres.port: 70000 is more than 65535",
  ],
  [
    "an address that is none",
    "postgres: { host: db }\nkeycloak: { url: sso.example }\n",
    '2:18 keycloak.url: "sso.example" is not an address, https://…',
  ],
  [
    "a key that is nearly one",
    `${required}matermost: none\n`,
    /^3:1 matermost: unknown key; allowed: postgres, .*; did you mean mattermost\?$/,
  ],
  [
    "a token beside a system's address",
    `${required}gitea: { url: https://git, token: hush }\n`,
    "3:28 gitea.token: unknown key; allowed: url",
  ],
  ["a mail server without a sender", `${required}mail: { host: smtp }\n`, "3:7 mail.from: is required"],
  [
    "an address without its key",
    `${required}gitea: https://git\n`,
    '3:8 gitea: "https://git" is not { url: https://… }, or none',
  ],
  ["nothing in it", "", "1:1: holds no value, only white space or comments"],
  ["half of what it needs", "postgres: { host: db }\n", "1:1 keycloak: is required"],
  ["no YAML", "postgres: [", /^1:\d+.*/],
])("an environment with %s is refused, with file, line and column", (_what, text, line) => {
  describeServers("prod", text);
  const refused = (): unknown => loadEnvironment(root, "prod");
  expect(refused).toThrow(expect.objectContaining({ code: "environment-invalid", fix: "mend the file" }));
  const place = "stacks/environments/prod.yaml:";
  if (typeof line === "string") expect(refused).toThrow(new Error(place + line));
  else expect(refused).toThrow(new RegExp(`^${place}${line.source.slice(1)}`));
  expect(refused).not.toThrow(/hush/);
});

test("all that is wrong with an environment is said at once", () => {
  describeServers(
    "prod",
    "postgres: { port: 0 }\nkeycloak: { url: sso }\ncoder: { adress: https://coder }\n",
  );
  expect(() => loadEnvironment(root, "prod")).toThrow(
    /postgres\.host[^]*postgres\.port[^]*keycloak\.url[^]*coder/,
  );
});
