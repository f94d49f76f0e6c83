import { expect, test } from "@jest/globals";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { problemLine } from "../../../schema/print-problems.ts";
import { tenantsFolder } from "./tenants-folder.ts";

const examples = new URL("../../../tenants", import.meta.url).pathname;
const tenant = (id: string): string => `version: 1\nid: ${id}\nname: X\nplan: basic\nregion: eu\n`;

test.each(["acme", "globex", "retail"])("the example %s is valid and needs no secret", (id) => {
  const result = loadTenant(examples, id);
  expect(result).toMatchObject({ valid: true, loaded: { tenant: { id }, file: `tenants/${id}.yaml` } });
  expect(JSON.stringify(result)).not.toContain("env:");
});

test("the example acme shows all four roles, an expiry, and a person without a login in the database", () => {
  const result = loadTenant(examples, "acme");
  if (!result.valid) throw new Error("not valid");
  const { users } = result.loaded.tenant;
  expect(new Set(users.map(({ role }) => role)).size).toBe(4);
  expect(users.filter(({ expires }) => expires !== undefined)).toHaveLength(1);
  expect(users.filter(({ services }) => services?.database === false)).toHaveLength(1);
});

test("the id counts, not the file's name", () => {
  const dir = tenantsFolder({ "acme.yaml": tenant("other"), "europe/x.yml": tenant('"acme" # quoted') });
  expect(loadTenant(dir, "acme")).toMatchObject({ valid: true, loaded: { file: "tenants/europe/x.yml" } });
  expect(loadTenant(dir, "other")).toMatchObject({ valid: true, loaded: { file: "tenants/acme.yaml" } });
});

test("an id that no file has", () => {
  const linesOf = (dir: string, id: string): string[] => {
    const result = loadTenant(dir, id);
    return result.valid ? [] : result.problems.map(problemLine);
  };
  const dir = tenantsFolder({ "globex.yaml": tenant("globex") });
  expect(linesOf(dir, "globx")).toEqual([
    "tenants/globx.yaml:1:1 id: no file says `id: globx`; there is globex; did you mean globex?",
  ]);
  expect(linesOf(dir, "globex*")[0]).toMatch(/"globex\*" is not an id: .*; did you mean globex\?$/);
  expect(linesOf(tenantsFolder({}), "acme")[0]).toMatch(/; there is no tenant yet$/);
  const many = Array.from({ length: 11 }, (_, index) => `t${index + 10}`);
  const fleet = tenantsFolder(Object.fromEntries(many.map((id) => [`${id}.yaml`, tenant(id)])));
  expect(linesOf(fleet, "nobody")[0]).toMatch(/; there are t10, t11, .*, t17 and 3 more$/);
});

test("another tenant's mistakes don't matter", () => {
  const dir = tenantsFolder({ "acme.yaml": tenant("acme"), "broken.yaml": "id: [" });
  expect(loadTenant(dir, "acme").valid).toBe(true);
});
