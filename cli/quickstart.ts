import { readOutputs } from "../fleet/read-outputs.ts";
import { StreamProgress } from "../report/progress.ts";
import { up } from "../testbed/local.ts";
import { servers } from "../testbed/servers.ts";
import { ensureToolchain } from "../toolchain/toolchain.ts";
import { printAccess } from "./print-access.ts";
import { root } from "./project-root.ts";
import { runTenants } from "./run-tenants.ts";

const next = (tenant: string): string => `
What to try next:
  npx tenantry access ${tenant} --show-secrets    the passwords that were made
  edit tenants/${tenant}.yaml, then
  npx tenantry preview ${tenant}                  what your edit would change
  npx tenantry up ${tenant}                       make it so
  npx tenantry preview ${tenant} --refresh        what somebody changed by hand
  npx tenantry new initech                     a tenant of your own
  npx tenantry local down                      stop the servers; their data stays
`;

/** Does everything from a fresh clone to a running tenant, and says where the time went. Gives the exit code. */
export async function quickstart(tenant: string): Promise<number> {
  const progress = new StreamProgress();
  await ensureToolchain(progress);
  await up(root, servers, progress);
  const environment = "local";
  const exitCode = await runTenants({
    operation: "up",
    tenants: [tenant],
    environment,
    refresh: false,
    json: false,
  });
  if (exitCode !== 0) return exitCode;
  printAccess(await readOutputs({ root, environment, tenant, showSecrets: false }));
  progress.summary();
  console.log(next(tenant));
  return 0;
}
