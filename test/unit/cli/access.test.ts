import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";

const main = new URL("../../../cli/main.ts", import.meta.url).pathname;

/** Runs `tenantry access` for an environment that isn't described, so that nothing can be read. */
function access(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", main, "access", "--environment", "nowhere", ...args],
    { encoding: "utf8", env: { PATH: process.env["PATH"] } },
  );
  return { code: status, out: stdout, err: stderr };
}

test("a tenant that no file has is told as that", () => {
  expect(access("acmee")).toEqual({
    code: 1,
    out: "",
    err: "error: there is no tenant acmee: no file says `id: acmee`; there are acme, globex, retail; did you mean acme?\n  fix: name the id of a tenant in tenants/\n",
  });
});

test("with --json, what went wrong is JSON, and nothing else is printed", () => {
  const { code, out, err } = access("acmee", "--json");
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(JSON.parse(out)).toMatchObject({
    tenant: "acmee",
    stack: "nowhere.acmee",
    result: "failed",
    problems: [{ severity: "error", code: "tenant-not-found", fix: "name the id of a tenant in tenants/" }],
  });
});

test("a tenant that has a file keeps its own failure", () => {
  const { code, out } = access("acme", "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ problems: [{ code: "environment-unknown" }] });
});
