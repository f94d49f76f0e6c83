import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { tenantFile } from "../../../schema/tenant.ts";
import { head } from "./smallest-file.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const main = new URL("../../../cli/main.ts", import.meta.url).pathname;

/** Runs the command as a script would: no terminal. */
function tenantry(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", main, ...args],
    {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return { code: status, out: stdout, err: stderr };
}

const report = z.strictObject({
  valid: z.boolean(),
  files: z.number(),
  problems: z.array(
    z.looseObject({
      code: z.string(),
      file: z.string(),
      line: z.number(),
      column: z.number(),
      path: z.string(),
      message: z.string(),
    }),
  ),
});

test("validate: the examples are valid; no colours in a pipe; exit 0", () => {
  const { code, out, err } = tenantry("validate");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^✓ \d+ tenant files valid \(\d+\.\d s\)\n$/);
});

test("validate: an invalid file is exit 1, with counts and no source lines in a pipe", () => {
  const file = `${tenantsFolder({ "x.yaml": head.replace("plan: basic", "plan: gold") })}/x.yaml`;
  const { code, out } = tenantry("validate", file);
  expect(code).toBe(1);
  const [first, last] = out.split("\n");
  expect(first).toBe(`${file}:4:7 plan: "gold" is not a plan; allowed: basic, professional, enterprise`);
  expect(last).toMatch(/^✗ 1 problem in 1 file; 1 tenant file checked \(/);
});

test("validate --json: only JSON, the same exit codes", () => {
  const good = tenantry("validate", "--json");
  expect([good.code, report.parse(JSON.parse(good.out)).valid]).toEqual([0, true]);
  const bad = tenantry("validate", "--json", `${tenantsFolder({ "x.yaml": "id: [" })}/x.yaml`);
  expect(bad.code).toBe(1);
  const { valid, files, problems } = report.parse(JSON.parse(bad.out));
  expect({ valid, files, codes: problems.map(({ code }) => code) }).toEqual({
    valid: false,
    files: 1,
    codes: ["yaml-syntax"],
  });
});

test("validate --json: what keeps it from starting is JSON too", () => {
  const { code, out, err } = tenantry("validate", "--json", "nowhere.yaml");
  expect({ code, err }).toEqual({ code: 2, err: "" });
  expect(report.parse(JSON.parse(out))).toMatchObject({
    valid: false,
    problems: [{ code: "file-missing", message: "there is no file nowhere.yaml" }],
  });
});

test.each([
  [2, "a file that isn't there", ["validate", "nowhere.yaml"], "there is no file nowhere.yaml"],
  [2, "a folder", ["validate", "test"], "test is a folder"],
  [64, "an unknown option", ["validate", "--jsno"], "unknown option"],
  [
    64,
    "an unknown plan for a new tenant",
    ["new", "zz-probe", "--plan", "gold"],
    "Allowed choices are basic, professional, enterprise",
  ],
])("exit %i when it could not run: %s", (exitCode, _name, args, message) => {
  const { code, out, err } = tenantry(...args);
  expect({ code, out }).toEqual({ code: exitCode, out: "" });
  expect(err).toContain(message);
});

test("new --stdout prints a file that holds what the flags say, and writes nothing", () => {
  const flags = [
    "--name",
    "no: #1",
    "--plan",
    "enterprise",
    "--kind",
    "businessUnit",
    "--region",
    "us-central1",
    "--email",
    "owner@zz.example",
  ];
  const { code, out } = tenantry("new", "zz-probe", "--stdout", ...flags);
  expect(code).toBe(0);
  expect(tenantFile.parse(parse(out))).toMatchObject({
    id: "zz-probe",
    name: "no: #1",
    plan: "enterprise",
    kind: "businessUnit",
    region: "us-central1",
    users: [{ email: "owner@zz.example", username: "admin", role: "tenant_admin" }],
  });
  expect(existsSync(new URL("../../../tenants/zz-probe.yaml", import.meta.url))).toBe(false);
});

test.each([
  ["an id that is taken", ["new", "acme"], "there is a tenant acme already", 1],
  ["an id that is none", ["new", "Acme"], '"Acme" is not an id', 64],
  ["an id that is reserved", ["new", "postgres"], '"postgres" is reserved', 1],
  ["an address that is none", ["new", "zz-probe", "--email", "nobody"], "is not an e-mail address", 1],
])("new refuses %s, and writes nothing", (_name, args, message, exitCode) => {
  const { code, err } = tenantry(...args);
  expect(code).toBe(exitCode);
  expect(err).toContain(message);
  expect(err).not.toContain("This is a bug");
  expect(existsSync(new URL("../../../tenants/zz-probe.yaml", import.meta.url))).toBe(false);
});
