import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readDeployed, recordDeployed } from "../../../fleet/deployed-record.ts";
import { ProgramDigest } from "../../../fleet/program-digest.ts";
import { StateFolder } from "../../../fleet/state-folder.ts";
import { inputsDigest, secretKeyFrom, tenantInputs } from "../../../fleet/tenant-inputs.ts";
import { tenant as model } from "../../../schema/tenant.ts";
import { loadEnvironment } from "../../../stacks/environment.ts";

let root: string;
const write = (path: string, text: string): void => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const state = (text: string): void => write("state/.pulumi/stacks/tenantry/prod.acme.json", text);
const states = (): StateFolder => {
  const found = StateFolder.of(root, { PULUMI_BACKEND_URL: pathToFileURL(join(root, "state")).href });
  if (found === undefined) throw new Error("no folder");
  return found;
};
const provider = { type: "github", clientId: "x", clientSecret: "env:GITHUB_SECRET" };
const person = { email: "ann@acme.example", firstName: "A", lastName: "N", role: "developer" };

/** The digest of a tenant's inputs; undefined: they can't be known. */
function digest(
  declared: object = {},
  { variables = {}, today = "2026-11-21" }: { variables?: NodeJS.ProcessEnv; today?: string } = {},
): string | undefined {
  const tenant = model.parse({
    version: 1,
    id: "acme",
    name: "Acme",
    plan: "basic",
    region: "eu",
    ...declared,
  });
  const inputs = tenantInputs(tenant, {
    root,
    stack: "prod.acme",
    environment: loadEnvironment(root, "prod"),
    program: new ProgramDigest(root).get(),
    variables,
    secretKey: secretKeyFrom(variables),
    today,
  });
  return inputs && inputsDigest(inputs);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-deployed-"));
  write("Pulumi.yaml", "name: tenantry\n");
  write("stacks/environments/prod.yaml", "postgres: { host: db }\nkeycloak: { url: https://sso }\n");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the inputs' digest", () => {
  test("is the same for the same, however it was written", () => {
    const first = digest({ users: [person] });
    write(
      "stacks/environments/prod.yaml",
      "# moved\nkeycloak: {url: 'https://sso'}\npostgres: {host: db, port: 5432}\n",
    );
    write("README.md", "docs reach nobody");
    write("tenants/globex.yaml", "nor do other tenants");
    write("stacks/config/Pulumi.prod.acme.yaml", "encryptionsalt: v1:abc\n");
    expect(digest({ users: [{ ...person, teams: [] }] })).toBe(first);
  });

  test.each<[string, () => void]>([
    ["the program", () => write("components/tenant.ts", "2")],
    ["a new folder", () => write("somewhere/else.sql", "2")],
    ["the lock file", () => write("package-lock.json", "{}")],
    ["what is installed", () => write("node_modules/.package-lock.json", "{}")],
    [
      "the environment",
      () => write("stacks/environments/prod.yaml", "postgres: { host: x }\nkeycloak: { url: https://sso }\n"),
    ],
    ["the stack's configuration", () => write("stacks/config/Pulumi.prod.acme.yaml", "config: { a: b }\n")],
    [
      "a stack's configuration that nobody understands",
      () => write("stacks/config/Pulumi.prod.acme.yaml", "a: ["),
    ],
  ])("changes with %s", (_what, change) => {
    const first = digest();
    change();
    expect(digest()).not.toBe(first);
  });

  test("changes with a file's content, also when size and name stay", () => {
    write("components/tenant.ts", "1");
    const program = new ProgramDigest(root);
    const first = program.get();
    expect(program.get()).toBe(first);
    write("components/tenant.ts", "2");
    expect(program.get()).not.toBe(first);
  });

  test("changes with a file that the tenant names, wherever it is", () => {
    const named = {
      sourceControl: { repositories: [{ name: "web", files: [{ path: "a.md", source: "docs/a.md" }] }] },
      workspaces: { templates: [{ name: "docker", folder: "test/docker" }] },
    };
    const first = digest(named);
    write("docs/a.md", "there now");
    const second = digest(named);
    write("test/docker/deep/main.tf", "1");
    const third = digest(named);
    write("test/docker/deep/main.tf", "2");
    expect(new Set([first, second, third, digest(named)]).size).toBe(4);
  });

  test("changes when somebody's last day has passed, and on no other day", () => {
    const users = [{ ...person, expires: "2026-11-22" }];
    const on = (today: string): string | undefined => digest({ users }, { today });
    expect(on("2026-11-22")).toBe(on("2026-11-21"));
    expect(on("2026-11-23")).not.toBe(on("2026-11-22"));
    expect(on("2027-01-01")).toBe(on("2026-11-23"));
  });

  test("changes with the value of a secret that is referred to, and can't be known without a key", () => {
    const declared = { identity: { identityProviders: [provider] } };
    const given = (
      GITHUB_SECRET: string | undefined,
      PULUMI_CONFIG_PASSPHRASE: string | undefined,
    ): string | undefined => digest(declared, { variables: { GITHUB_SECRET, PULUMI_CONFIG_PASSPHRASE } });
    expect(given("one", "pass")).toBe(given("one", "pass"));
    const all = [given("one", "pass"), given("two", "pass"), given(undefined, "pass"), given("one", "other")];
    expect(new Set(all).size).toBe(4);
    expect(given("one", undefined)).toBeUndefined();
    write("passphrase", "pass\n");
    const file = { GITHUB_SECRET: "one", PULUMI_CONFIG_PASSPHRASE_FILE: join(root, "passphrase") };
    expect(digest(declared, { variables: file })).toBe(given("one", "pass"));
  });

  test("is not changed by what is only for reports", () => {
    const ignore = [{ resource: "*", attribute: "x", reason: "why" }];
    expect(digest({ drift: { ignore } })).toBe(digest());
  });
});

describe("what was deployed", () => {
  const inputs = { rest: "abc", tenant: { id: "acme" } };

  test("is known as long as the state is what that deployment left", () => {
    state("{}");
    expect(readDeployed(states(), "prod.acme")).toBeUndefined();
    recordDeployed(states(), "prod.acme", inputs);
    expect(readDeployed(states(), "prod.acme")).toMatchObject({ ...inputs, digest: inputsDigest(inputs) });
    state('{"somebody":"else"}');
    expect(readDeployed(states(), "prod.acme")).toBeUndefined();
    state("{}");
    expect(readDeployed(states(), "prod.acme")).toBeDefined();
    rmSync(join(root, "state/.pulumi"), { recursive: true });
    expect(readDeployed(states(), "prod.acme")).toBeUndefined();
  });

  test("is kept beside the state, for its owner only", () => {
    state("{}");
    recordDeployed(states(), "prod.acme", inputs);
    const file = join(root, "state/.tenantry/deployed/prod.acme.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const broken of ["", "{", "[]", '{"digest":1}']) {
      writeFileSync(file, broken);
      expect(readDeployed(states(), "prod.acme")).toBeUndefined();
    }
    chmodSync(file, 0o600);
    expect(readFileSync(file, "utf8")).toBe('{"digest":1}');
  });

  test("isn't known of a stack that isn't there", () => {
    recordDeployed(states(), "prod.acme", inputs);
    expect(readDeployed(states(), "prod.acme")).toBeUndefined();
  });
});

describe("a folder of states", () => {
  test.each([
    undefined,
    "s3://bucket",
    "https://api.pulumi.com",
    "file://~",
    "file://./here",
    "file:///a?x=y",
  ])("is not %s", (url) => {
    expect(StateFolder.of(root, url === undefined ? {} : { PULUMI_BACKEND_URL: url })).toBeUndefined();
  });

  test("is one whose states the engine keeps without a file beside each", () => {
    const url = pathToFileURL(join(root, "state")).href;
    const found = StateFolder.of(root, { PULUMI_BACKEND_URL: `${url}?metadata=skip` });
    expect(found?.folder).toBe(join(root, "state"));
  });

  test("lists stacks, without backups and what is being written", () => {
    for (const name of [
      "prod.acme.json",
      "prod.acme.json.bak",
      "prod.acme.json.attrs",
      "prod.x.json.gz",
      "prod.acme.json.1.tmp",
    ])
      write(`state/.pulumi/stacks/tenantry/${name}`, "{}");
    write("state/.pulumi/stacks/other/prod.other.json", "{}");
    expect(states().stacks()).toEqual(["prod.acme", "prod.x"]);
  });

  test("knows an empty stack from one that holds something, or was making something when it was killed", () => {
    const holding = (latest: unknown): boolean => {
      state(JSON.stringify({ version: 3, checkpoint: { latest } }));
      return !states().isEmpty("prod.acme");
    };
    expect(states().isEmpty("prod.acme")).toBe(true);
    expect(holding(null)).toBe(false);
    expect(holding({ resources: [] })).toBe(false);
    expect(holding({ resources: [{}] })).toBe(true);
    expect(holding({ pending_operations: [{}] })).toBe(true);
    write("state/.pulumi/stacks/tenantry/prod.packed.json.gz", "x");
    expect(states().isEmpty("prod.packed")).toBe(false);
  });
});
