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
    expect(() => loadEnvironment(root, "prod")).toThrow(/no such system\n.*catalog\.system/);
  }
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

test.each([
  ["a secret in it", "postgres: { host: db, password: hush }\nkeycloak: { url: https://sso }\n", /password/],
  ["a port that is none", "postgres: { host: db, port: 70000 }\nkeycloak: { url: https://sso }\n", /port/],
  [
    "a token beside a system's address",
    "postgres: { host: db }\nkeycloak: { url: https://sso }\ngitea: { url: https://git, token: hush }\n",
    /"token"\s+→ at gitea/,
  ],
  [
    "a mail server without a sender",
    "postgres: { host: db }\nkeycloak: { url: https://sso }\nmail: { host: smtp }\n",
    /from/,
  ],
  [
    "an address without its key",
    "postgres: { host: db }\nkeycloak: { url: https://sso }\ngitea: https://git\n",
    /expected \{ url: https:\/\/… \}, or none\s+→ at gitea/,
  ],
  ["nothing in it", "", /./],
  ["no YAML", "postgres: [", /./],
])("an environment with %s is refused, naming the file", (_what, text, pattern) => {
  describeServers("prod", text);
  expect(() => loadEnvironment(root, "prod")).toThrow(
    expect.objectContaining({ code: "environment-invalid" }),
  );
  expect(() => loadEnvironment(root, "prod")).toThrow(pattern);
  expect(() => loadEnvironment(root, "prod")).toThrow(/prod\.yaml/);
  expect(() => loadEnvironment(root, "prod")).not.toThrow(/hush/);
});
