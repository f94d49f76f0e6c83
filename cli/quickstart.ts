import { readOutputs } from "../fleet/read-outputs.ts";
import { StreamProgress } from "../report/progress.ts";
import { up, wantedServers } from "../testbed/local.ts";
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
  npx tenantry new initech                   a tenant of your own
  npx tenantry local up --with mattermost,coder,gitea,twenty,mail
                                             servers for people's other services, built from source at first, then
  npx tenantry up ${tenant}                       makes everybody's accounts there
  npx tenantry local down                    stop the servers; their data stays`;

/** Does everything from a fresh clone to a running tenant, and says where the time went. Gives the exit code. */
export async function quickstart(tenant: string): Promise<number> {
  const environment = "local";
  const progress = new StreamProgress();
  await ensureToolchain(progress);
  await startServers(progress);
  const asked = { refresh: false, force: false, expectNoChanges: false, json: false };
  const run = { operation: "up", named: [tenant], environment, ...asked } as const;
  const exitCode = await progress.timed(`tenant ${tenant}`, () => runTenants(run));
  if (exitCode === 0) {
    printAccess(await readOutputs({ root, environment, tenant, showSecrets: false }));
    console.log(next(tenant));
  }
  progress.summary();
  return exitCode;
}

/** The first Ctrl-C stops what is half-started, the second ends us at once. */
async function startServers(progress: StreamProgress): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once("SIGINT", interrupt);
  try {
    await up(root, wantedServers(root), progress, interruption.signal);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
