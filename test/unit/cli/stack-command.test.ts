import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { root } from "../../../cli/project-root.ts";

const tenantry = (...args: string[]): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, ["--disable-warning=ExperimentalWarning", "cli/main.ts", ...args], {
    cwd: root,
    encoding: "utf8",
  });

test.each([
  [["up"], /name tenants, or say --all or --changed-since/],
  [["drift"], /name tenants, or say --all or --changed-since/],
  [["up", "acme", "--all"], /don't go together/],
  [["up", "--all", "--parallel", "0"], /whole number, 1 or more/],
  [["up", "--all", "--parallel", "many"], /whole number/],
  [["up", "--all", "--max-deletes", "-1"], /whole number, 0 or more/],
  [["preview", "--all", "--max-deletes", "3"], /unknown option/],
  [["destroy", "--all", "--force"], /unknown option/],
  [["up", "--al"], /unknown option/],
  [["upp"], /unknown command/],
])("wrong usage ends with 64, which says nothing about tenants: %j", (args, message) => {
  const { status, stderr } = tenantry(...args);
  expect(stderr).toMatch(message);
  expect(status).toBe(64);
});

test("help is no error", () => {
  expect(tenantry("drift", "--help").status).toBe(0);
  expect(tenantry("--version").status).toBe(0);
});
