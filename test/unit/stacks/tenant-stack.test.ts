import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressVariables } from "../../../stacks/environment-variables.ts";
import { loadEnvironment } from "../../../stacks/environment.ts";
import { tenantStack } from "../../../stacks/tenant-stack.ts";

/** What a stack refuses before it asks for any resource. */
let root: string;
const before = { ...process.env };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-stack-"));
  for (const folder of ["tenants/plans", "stacks/environments"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "tenants/plans/basic.yaml"), "region: eu-west\n");
  writeFileSync(
    join(root, "stacks/environments/prod.yaml"),
    "postgres: { host: db.example, locale: C.UTF-8 }\nkeycloak: { url: https://sso.example }\nmattermost: none\n",
  );
});

afterEach(() => {
  rmSync(root, { recursive: true });
  for (const name of Object.keys(process.env))
    if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
});

function declare(more = ""): void {
  const file = `version: 1\nid: acme\nname: Acme\nplan: basic\n${more}`;
  writeFileSync(join(root, "tenants/acme.yaml"), file);
}

/** Sets this process for the servers of an environment, as `tenantry shell` does. */
function enter(environment: string): void {
  for (const [name, value] of Object.entries(addressVariables(loadEnvironment(root, environment)))) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

test("a system that the tenant wants and the environment doesn't speak of", async () => {
  declare("services: { collaboration: true, sourceControl: true }\n");
  enter("prod");
  await expect(tenantStack(root, "prod.acme")).rejects.toMatchObject({
    code: "system-missing",
    message: expect.stringMatching(/wants Gitea; environment prod/),
  });
});

test.each([
  ["another server", "PGHOST", "elsewhere.example"],
  ["a server that the environment does without", "MATTERMOST_URL", "https://chat.example"],
])("a shell that is set for %s", async (_what, name, value) => {
  declare();
  enter("prod");
  process.env[name] = value;
  await expect(tenantStack(root, "prod.acme")).rejects.toMatchObject({
    code: "environment-mismatch",
    message: expect.stringContaining(name),
    fix: "run it in: npx tenantry shell --environment prod",
  });
});

test("a tenant's file that is wrong, with the place", async () => {
  declare("kind: shop\n");
  enter("prod");
  await expect(tenantStack(root, "prod.acme")).rejects.toMatchObject({
    code: "tenant-invalid",
    message: expect.stringMatching(/^tenants\/acme\.yaml:5:7 kind: /),
  });
});
