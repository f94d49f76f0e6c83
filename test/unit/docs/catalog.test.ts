import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { catalog } from "../../../cli/catalog.ts";
import { root as project } from "../../../cli/project-root.ts";
import { loadEnvironment } from "../../../stacks/environment.ts";

/** The YAML that docs/catalog.md shows, in its order. */
const page = readFileSync(join(project, "docs", "catalog.md"), "utf8");
const [tenant = "", environment = "", entities = "", kept = ""] = [
  ...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm),
].map(([, code = ""]) => code);

let root: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-catalog-page-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("the example's tenant is the example's file", async () => {
  write("stacks/environments/prod.yaml", environment);
  write("tenants/plans/basic.yaml", "{}");
  write("tenants/initech.yaml", tenant);
  write(
    "tenants/retail.yaml",
    "version: 1\nid: retail\nname: Retail\nkind: businessUnit\nplan: basic\nregion: eu\n",
  );
  const print = jest.spyOn(console, "log").mockReturnValue();
  const out = join(root, "out");
  expect(await catalog({ root, named: ["initech"], environment: "prod", out, json: false })).toBe(0);
  print.mockRestore();
  expect(entities).toBe(readFileSync(join(out, "tenants", "initech.yaml"), "utf8"));
});

test("the example's environment keeps a catalog", () => {
  const required = "postgres: { host: db.example.com }\nkeycloak: { url: https://sso.example.com }\n";
  write("stacks/environments/prod.yaml", `${required}${kept}`);
  expect(loadEnvironment(root, "prod").catalog).toEqual({
    system: "gitea",
    repository: "platform/catalog",
    branch: "main",
    path: "tenants",
  });
});
