import type { Finding } from "../finding.ts";
import type { Path } from "../problem.ts";
import { usesService } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";

/** Names that belong to PostgreSQL and its managed services, to Keycloak, or to Tenantry itself. */
const taken = {
  id: new Set([
    "postgres",
    "template0",
    "template1",
    "keycloak",
    "tenantry",
    "master",
    "rdsadmin",
    "cloudsqladmin",
    // The tenant's roles would be called pg_…, which PostgreSQL keeps for itself.
    "pg",
    // Their files are layers: tenants/defaults.yaml, tenants/plans/.
    "defaults",
    "plans",
  ]),
  database: new Set([
    "postgres",
    "template0",
    "template1",
    "keycloak",
    "tenantry",
    "rdsadmin",
    "cloudsqladmin",
    "azure_maintenance",
    "azure_sys",
  ]),
  realm: new Set(["master"]),
};

/** Names in Coder and Gitea hold the id, and have no two hyphens in a row. */
function sharedNames(tenant: Draft): Finding[] {
  const used = [
    ...(usesService(tenant, "workspaces") ? ["Coder"] : []),
    ...(usesService(tenant, "sourceControl") ? ["Gitea"] : []),
  ];
  if (tenant.id?.includes("--") !== true || used.length === 0) return [];
  const found = JSON.stringify(tenant.id);
  const message = `${found} can't be part of names in ${used.join(" and ")}: they take no two hyphens in a row`;
  return [{ code: "id-in-names", message, path: ["id"], found }];
}

/** Ids, databases and realms keep away from names that others own; domains are named once. */
export function nameRules(tenant: Draft): Finding[] {
  return [
    ...duplicates(
      "domain",
      (tenant.domains ?? []).map((value, index) => ({ value, path: ["domains", index] })),
    ),
    ...reserved("id", tenant.id, ["id"]),
    ...sharedNames(tenant),
    ...reserved("database", tenant.database?.name, ["database", "name"]),
    ...reserved("realm", tenant.identity?.realm, ["identity", "realm"]),
  ];
}

function reserved(what: keyof typeof taken, name: string | undefined, path: Path): Finding[] {
  if (name === undefined || !taken[what].has(name)) return [];
  const message = `${JSON.stringify(name)} is reserved; choose another name`;
  return [{ code: "reserved-name", message, path, found: JSON.stringify(name) }];
}
