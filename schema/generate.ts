import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { policiesPage } from "../policy/policies-page.ts";
import { generated } from "./generated.ts";

/** `npm run generate`: writes what is made from the model and the policies. A test fails when it wasn't run. */
for (const [file, text] of Object.entries({ ...generated(), "docs/policies.md": policiesPage() })) {
  const path = new URL(`../${file}`, import.meta.url);
  mkdirSync(dirname(path.pathname), { recursive: true });
  writeFileSync(path, text);
  console.log(file);
}
