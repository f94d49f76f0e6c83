import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes files into a new `tenants` folder and returns its path. Empty plans are there unless given. */
export function tenantsFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = join(mkdtempSync(join(tmpdir(), "tenantry-schema-")), "tenants");
  const plans = { "plans/basic.yaml": "{}", "plans/professional.yaml": "{}", "plans/enterprise.yaml": "{}" };
  for (const [name, content] of Object.entries({ ...plans, ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}
