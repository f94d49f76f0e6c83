import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { engineEnvironment } from "../../../fleet/engine-environment.ts";
import { binFolder, parts } from "../../../toolchain/parts.ts";
import { readVersions } from "../../../toolchain/versions.ts";
import { TemporaryFolder } from "../toolchain/temporary-folder.ts";

/** A project with a local environment, `prod`, and a complete toolchain in a cache of its own. */
class Project extends TemporaryFolder {
  readonly bin: string;

  constructor() {
    super();
    const addresses = (host: string): string =>
      JSON.stringify({ postgres: { host, sslmode: "disable" }, keycloak: { url: `http://${host}:8080` } });
    this.write("stacks/environments/prod.yaml", addresses("db.example"));
    this.write(".tenantry/local/environment.yaml", addresses("127.0.0.1"));
    this.write(
      ".tenantry/local/credentials.json",
      '{"PGUSER":"tenantry","PGPASSWORD":"local","KEYCLOAK_CLIENT_ID":"admin-cli"}',
    );
    const cache = this.join("cache", "tenantry");
    for (const { folder, program } of parts(cache, readVersions())) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/${program}`, "");
    }
    this.bin = binFolder(cache, readVersions());
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.join(file)), { recursive: true });
    writeFileSync(this.join(file), text);
  }

  environment(name: string, given: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return engineEnvironment(this.path, name, { XDG_CACHE_HOME: this.join("cache"), ...given });
  }
}

const production = {
  PGUSER: "admin",
  PGPASSWORD: "p",
  KEYCLOAK_CLIENT_ID: "tenantry",
  KEYCLOAK_CLIENT_SECRET: "s",
};

test("the toolchain comes first, then the project's programs, then the user's", () => {
  using project = new Project();
  const { PATH, PULUMI_HOME } = project.environment("local", { PATH: "/usr/bin" });
  expect(PATH).toBe(`${project.bin}:${project.join("node_modules", ".bin")}:/usr/bin`);
  expect(PULUMI_HOME).toBe(project.join("cache", "tenantry", "pulumi"));
});

test("local has its own backend, passphrase and credentials, and nobody else's slip in", () => {
  using project = new Project();
  const theirs = { ...production, PULUMI_CONFIG_PASSPHRASE: "theirs" };
  const environment = { ...theirs, ...project.environment("local", theirs) };
  expect(environment).toMatchObject({
    PULUMI_BACKEND_URL: `${pathToFileURL(project.join(".tenantry", "local", "state")).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE_FILE: project.join(".tenantry", "local", "passphrase"),
    PGUSER: "tenantry",
    PGPASSWORD: "local",
    KEYCLOAK_CLIENT_ID: "admin-cli",
  });
  expect(environment.KEYCLOAK_CLIENT_SECRET).toBeUndefined();
  expect(environment.PULUMI_CONFIG_PASSPHRASE).toBeUndefined();
  expect(existsSync(project.join(".tenantry", "local", "state"))).toBe(true);
});

test("a backend of the user's own stays, with its passphrase", () => {
  using project = new Project();
  const environment = project.environment("local", {
    PULUMI_BACKEND_URL: "s3://states",
    PULUMI_CONFIG_PASSPHRASE: "p",
  });
  expect(Object.keys(environment).filter((name) => /BACKEND|PASSPHRASE/.test(name))).toEqual([]);
  expect(environment["PGUSER"]).toBe("tenantry");
});

test.each(["", "?metadata=skip"])("what an earlier call set is no backend of the user's own %s", (ending) => {
  using project = new Project();
  const first = project.environment("local");
  const url = first["PULUMI_BACKEND_URL"] ?? "";
  const given = { ...first, PULUMI_BACKEND_URL: `${url.replace(/\?.*/, "")}${ending}` };
  expect(project.environment("local", given)).toMatchObject({
    PULUMI_BACKEND_URL: url,
    PULUMI_CONFIG_PASSPHRASE_FILE: first["PULUMI_CONFIG_PASSPHRASE_FILE"],
  });
});

test("another environment keeps the user's credentials and backend", () => {
  using project = new Project();
  const names = Object.keys(project.environment("prod", production));
  for (const name of [...Object.keys(production), "PULUMI_BACKEND_URL"]) expect(names).not.toContain(name);
});

test.each([
  [{}, "PGUSER, PGPASSWORD, KEYCLOAK_CLIENT_ID, KEYCLOAK_USER, KEYCLOAK_PASSWORD"],
  [{ ...production, PGPASSWORD: "" }, "PGPASSWORD"],
  [{ ...production, KEYCLOAK_CLIENT_SECRET: undefined, KEYCLOAK_USER: "me" }, "KEYCLOAK_PASSWORD"],
])("another environment's missing credentials are named, never shown (%#)", (given, missing) => {
  using project = new Project();
  expect(() => project.environment("prod", given)).toThrow(
    expect.objectContaining({ code: "credentials-missing", message: `environment prod needs ${missing}` }),
  );
});

const everything = {
  postgres: { host: "db.example" },
  keycloak: { url: "https://sso.example" },
  mattermost: { url: "https://chat.example" },
  coder: { url: "https://coder.example" },
  gitea: { url: "https://git.example" },
  twenty: { url: "https://crm.example" },
  mail: { host: "smtp.example", port: 465, tls: "implicit", from: "accounts@initech.example" },
};
const tokens = {
  MATTERMOST_TOKEN: "t",
  CODER_SESSION_TOKEN: "t",
  GITEA_SERVER_TOKEN: "t",
  TWENTY_API_KEY: "t",
};

test("every system's address goes under the name that its own tools read", () => {
  using project = new Project();
  project.write("stacks/environments/prod.yaml", JSON.stringify(everything));
  expect(project.environment("prod", { ...production, ...tokens })).toMatchObject({
    PGHOST: "db.example",
    PGSSLMODE: "verify-full",
    KEYCLOAK_URL: "https://sso.example",
    MATTERMOST_URL: "https://chat.example",
    CODER_URL: "https://coder.example",
    GITEA_SERVER_URL: "https://git.example",
    TWENTY_API_URL: "https://crm.example",
    SMTP_HOST: "smtp.example",
    SMTP_PORT: "465",
    SMTP_TLS: "implicit",
    SMTP_FROM: "accounts@initech.example",
  });
});

test("a system's credentials are needed where the environment has it; a mail server may do without", () => {
  using project = new Project();
  project.write("stacks/environments/prod.yaml", JSON.stringify({ ...everything, gitea: "none" }));
  expect(() => project.environment("prod", production)).toThrow(
    expect.objectContaining({
      message: "environment prod needs MATTERMOST_TOKEN, CODER_SESSION_TOKEN, TWENTY_API_KEY",
    }),
  );
});

test.each([
  ["absent", {}],
  ["`none`", { mattermost: "none", coder: "none", gitea: "none", twenty: "none", mail: "none" }],
])("variables of systems that are %s can't come from elsewhere", (_how, systems) => {
  using project = new Project();
  const { postgres, keycloak } = everything;
  project.write("stacks/environments/prod.yaml", JSON.stringify({ postgres, keycloak, ...systems }));
  const theirs = {
    ...tokens,
    MATTERMOST_URL: "https://other.example",
    SMTP_HOST: "other.example",
    SMTP_USERNAME: "u",
    SMTP_PASSWORD: "p",
  };
  const environment = { ...theirs, ...project.environment("prod", { ...production, ...theirs }) };
  expect(Object.keys(theirs).filter((name) => Reflect.get(environment, name) !== undefined)).toEqual([]);
});

test("local takes its tokens from its own file, and no others", () => {
  using project = new Project();
  project.write(".tenantry/local/credentials.json", '{"PGUSER":"tenantry","MATTERMOST_TOKEN":"local"}');
  expect(project.environment("local", { ...production, ...tokens })).toMatchObject({
    MATTERMOST_TOKEN: "local",
    CODER_SESSION_TOKEN: undefined,
  });
});

test("a local environment that was never started is told how to", () => {
  using project = new Project();
  using empty = new TemporaryFolder();
  const given = { XDG_CACHE_HOME: project.join("cache") };
  expect(() => engineEnvironment(empty.path, "local", given)).toThrow(
    expect.objectContaining({ fix: expect.stringContaining("npx tenantry local up") }),
  );
});

test("a missing toolchain is told how to get", () => {
  using project = new Project();
  expect(() => project.environment("local", { XDG_CACHE_HOME: project.join("elsewhere") })).toThrow(
    expect.objectContaining({ code: "toolchain-missing", fix: "run: npm run toolchain" }),
  );
});
