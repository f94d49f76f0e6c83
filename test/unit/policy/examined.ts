import type { Resource, Subject } from "../../../policy/resource.ts";
import { stub } from "../../../providers/stub.ts";
import { loadTenant } from "../../../schema/load-tenant.ts";
import { tenantFile } from "../../support/policy-cases.ts";
import type { Registered } from "../../support/policy-project.ts";
import { tenantsFolder } from "../schema/tenants-folder.ts";

const result = loadTenant(tenantsFolder({ "hooli.yaml": `${tenantFile}region: eu\n` }), "hooli");
if (!result.valid) throw new Error(JSON.stringify(result.problems));

/** The tenant of the cases. */
export const hooli: Subject = { id: "hooli", declared: result.loaded.tenant };

/** A resource of the cases as policies see it. */
export function examined({
  type,
  name,
  inputs,
  protect = false,
  secretOutputs = [],
  secrets = [],
  code,
}: Registered): Resource {
  const dynamic = type.split("dynamic/")[1]?.replace(":", "/");
  const clear = Object.keys(inputs).filter(
    (key) => typeof inputs[key] === "string" && !secrets.includes(key),
  );
  return {
    type,
    name,
    urn: `urn:pulumi:local.hooli::tenantry::${type}::${name}`,
    inputs,
    unknown: new Set(),
    protect,
    secretOutputs,
    clear: new Set(clear),
    code: code ?? (dynamic === undefined ? undefined : stub(dynamic)),
  };
}
