import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { makeStack } from "../../../fleet/make-stack.ts";

let root: string;
const state = (stack: string): string =>
  join(root, "state", ".pulumi", "stacks", "tenantry", `${stack}.json`);
const settings = (stack: string): string => join(root, "stacks", "config", `Pulumi.${stack}.yaml`);
const write = (path: string, content: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};
const read = (path: string): string => readFileSync(path, "utf8");

const acme = {
  manifest: { version: "v3.258.0" },
  secrets_providers: { type: "passphrase", state: { salt: "v1:shared" } },
  resources: [{ urn: "urn:pulumi:prod.acme::tenantry::a:b:C::d", type: "a:b:C" }],
};
const deployed = (latest: object): string =>
  JSON.stringify({ version: 4, checkpoint: { stack: "organization/tenantry/prod.acme", latest } });

/** A stand-in for the CLI: `stack init` makes the stack of a key of its own, and says so. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-make-"));
  write(join(root, "Pulumi.yaml"), "name: tenantry\n");
  const script = `#!${process.execPath}
const fs = require("node:fs"), stack = process.argv[4], root = ${JSON.stringify(root)};
fs.appendFileSync(root + "/asked", stack + "\\n");
const file = root + "/state/.pulumi/stacks/tenantry/" + stack + ".json";
if (fs.existsSync(file)) { console.error("error: stack '" + stack + "' already exists"); process.exit(1); }
fs.mkdirSync(root + "/state/.pulumi/stacks/tenantry", { recursive: true });
const latest = { secrets_providers: { type: "passphrase", state: { salt: "v1:of " + stack } } };
setTimeout(() => fs.writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack, latest } })), 50);
`;
  write(join(root, "pulumi"), script);
  chmodSync(join(root, "pulumi"), 0o755);
});
afterEach(() => rmSync(root, { recursive: true }));

const make = (stack: string, backend = pathToFileURL(join(root, "state")).href): Promise<void> =>
  makeStack({
    root,
    stack,
    environment: { PATH: `${root}${delimiter}${process.env["PATH"] ?? ""}`, PULUMI_BACKEND_URL: backend },
  });
const asked = (): string[] =>
  existsSync(join(root, "asked")) ? read(join(root, "asked")).trim().split("\n") : [];

test("a stack is made as the environment's others are, but empty, and by nobody else", async () => {
  write(state("prod.acme"), deployed(acme));
  await make("prod.globex");
  expect(JSON.parse(read(state("prod.globex")))).toEqual({
    version: 3,
    checkpoint: {
      stack: "organization/tenantry/prod.globex",
      latest: { manifest: acme.manifest, secrets_providers: acme.secrets_providers },
    },
  });
  expect(read(settings("prod.globex"))).toBe("encryptionsalt: v1:shared\n");
  expect(asked()).toEqual([]);
});

test("the first ones of an environment, all at once, get one key", async () => {
  write(state("test.acme"), deployed(acme));
  await Promise.all(["prod.acme", "prod.globex", "prod.hooli"].map((stack) => make(stack)));
  expect(asked()).toEqual(["prod.acme"]);
  for (const stack of ["prod.globex", "prod.hooli"])
    expect(read(settings(stack))).toBe("encryptionsalt: v1:of prod.acme\n");
});

describe("the engine makes it", () => {
  test.each([
    ["for a backend that is no folder", () => undefined, "s3://states"],
    ["of a stack that has settings already", () => write(settings("prod.globex"), "config: {}\n"), undefined],
    [
      "where only the backend knows the key",
      () =>
        write(state("prod.acme"), deployed({ ...acme, secrets_providers: { type: "service", state: {} } })),
      undefined,
    ],
  ])("%s", async (_when, given, backend) => {
    write(state("prod.acme"), deployed(acme));
    given();
    await make("prod.globex", backend);
    expect(asked()).toEqual(["prod.globex"]);
  });
});

test("one that is there already is left as it is", async () => {
  write(state("prod.acme"), deployed(acme));
  write(state("prod.globex"), "theirs");
  await make("prod.globex");
  expect(read(state("prod.globex"))).toBe("theirs");
});

test("a failure isn't the next one's", async () => {
  chmodSync(join(root, "pulumi"), 0o644);
  await expect(make("prod.acme")).rejects.toMatchObject({ code: "engine" });
  chmodSync(join(root, "pulumi"), 0o755);
  await make("prod.acme");
  expect(asked()).toEqual(["prod.acme"]);
});
