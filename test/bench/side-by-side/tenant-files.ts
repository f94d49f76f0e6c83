import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../../support/project.ts";

/** Makes these the tenants of a project, each with a database, a realm and one person. */
export function writeTenants(project: Project, ids: readonly string[]): void {
  const folder = join(project.root, "tenants");
  for (const name of readdirSync(folder).filter((each) => each.startsWith("bench-")))
    rmSync(join(folder, name));
  for (const id of ids) project.write(`tenants/${id}.yaml`, tenantFile(id));
}

const tenantFile = (id: string): string => `version: 1
id: ${id}
name: ${id}
plan: basic
users:
  - { email: ann@${id}.example, firstName: Ann, lastName: Example, role: developer }
`;
