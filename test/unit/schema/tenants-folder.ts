import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "@jest/globals";

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

/** Writes files into a new `tenants` folder and returns its path. Empty plans are there unless given. It goes after the file's tests. */
export function tenantsFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-schema-"));
  made.push(folder);
  const dir = join(folder, "tenants");
  const plans = { "plans/basic.yaml": "{}", "plans/professional.yaml": "{}", "plans/enterprise.yaml": "{}" };
  for (const [name, content] of Object.entries({ ...plans, ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}
