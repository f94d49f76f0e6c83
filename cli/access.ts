import { join } from "node:path";
import { readOutputs, type Outputs } from "../fleet/read-outputs.ts";
import { Failure } from "../report/failure.ts";
import { findTenant, loadTenant } from "../schema/load-tenant.ts";
import { problemText } from "../schema/print-problems.ts";
import { failureProblem } from "../fleet/failure-problem.ts";
import { printAccess } from "./print-access.ts";
import { root } from "./project-root.ts";

interface Access {
  /** The tenant's id. */
  readonly tenant: string;
  readonly environment: string;
  readonly json: boolean;
  readonly showSecrets: boolean;
}

/**
 * `tenantry access`. Gives the exit code: 0 printed, 1 not there. Throws a {@link Failure} with what is wrong, unless that
 * is to be printed as JSON.
 */
export async function access({ json, ...wanted }: Access): Promise<number> {
  try {
    const outputs = await outputsOf(wanted);
    if (json) console.log(JSON.stringify(outputs, null, 2));
    else printAccess(outputs);
    return 0;
  } catch (error) {
    if (!json || !(error instanceof Failure)) throw error;
    const { tenant, environment } = wanted;
    const stack = `${environment}.${tenant}`;
    console.log(
      JSON.stringify({ tenant, stack, result: "failed", problems: [failureProblem(error)] }, null, 2),
    );
    return 1;
  }
}

/** A tenant whose file is gone may still be deployed: its file is only looked for when it isn't. */
async function outputsOf(wanted: Omit<Access, "json">): Promise<Outputs> {
  try {
    return await readOutputs({ root, ...wanted });
  } catch (error) {
    const nothingThere = ["not-deployed", "environment-unknown", "environment-down"];
    const dir = join(root, "tenants");
    const isUnknown =
      error instanceof Failure &&
      nothingThere.includes(error.code) &&
      findTenant(dir, wanted.tenant) === undefined;
    throw isUnknown ? unknownTenant(dir, wanted.tenant) : error;
  }
}

function unknownTenant(dir: string, tenant: string): Failure {
  const result = loadTenant(dir, tenant);
  const said = result.valid ? [] : result.problems.map(problemText);
  return new Failure("tenant-not-found", `there is no tenant ${tenant}: ${said.join("; ")}`, {
    fix: "name the id of a tenant in tenants/",
  });
}
