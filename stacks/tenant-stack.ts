import { join } from "node:path";
import { Tenant } from "../components/tenant.ts";
import type { GithubProtection } from "../providers/github/protection.ts";
import { serverLocale } from "../providers/postgresql/locale.ts";
import { Failure } from "../report/failure.ts";
import { loadTenant } from "../schema/load-tenant.ts";
import { problemLine } from "../schema/print-problems.ts";
import { strayAddresses } from "./environment-variables.ts";
import { loadEnvironment, parseStackName, type Environment } from "./environment.ts";
import { requireFeatures } from "./require-features.ts";
import { tenantArgs } from "./tenant-args.ts";
import { systemMissing, tenantServices } from "./tenant-services.ts";

/**
 * Deploys the tenant that a stack is named after, and gives the stack's outputs.
 *
 * Throws a {@link Failure} for a name without a tenant, an invalid tenant, an unknown environment, a shell that is set
 * for other servers, a system that isn't in the environment, what a server of it can't do, and a reference to a secret
 * that isn't there.
 */
export async function tenantStack(root: string, stackName: string): Promise<Record<string, unknown>> {
  const stack = parseStackName(stackName);
  const result = loadTenant(join(root, "tenants"), stack.tenant);
  if (!result.valid) {
    const lines = result.problems.map(problemLine);
    throw new Failure("tenant-invalid", lines.join("\n"), { fix: "mend the file" });
  }
  const { tenant } = result.loaded;
  const environment = loadEnvironment(root, stack.environment);
  refuseOtherServers(stack.environment, environment);

  const services = tenantServices(tenant, environment);
  if (services.missing.length > 0) {
    throw systemMissing(tenant.id, services.missing, { root, environment: stack.environment });
  }
  await requireFeatures(tenant, services.there);

  const locale = environment.postgres.locale ?? (await serverLocale(process.env));
  const protection = services.servers.has("github") ? await protectionOf(process.env) : undefined;
  const { systems, people } = new Tenant(
    tenant.id,
    tenantArgs(tenant, { environment, there: services.there, root, locale, protection }),
  );
  const { id, name, kind, plan, status } = tenant;
  return { tenant: { id, name, kind, plan, status }, ...systems, people };
}

async function protectionOf(environment: NodeJS.ProcessEnv): Promise<GithubProtection> {
  const { githubProtection } = await import("../providers/github/protection.ts");
  return githubProtection(environment);
}

/** Plugins go where variables point. That must be where this environment's file says, or `prod` meets `local`. */
function refuseOtherServers(name: string, environment: Environment): void {
  const stray = strayAddresses(environment, process.env);
  if (stray.length === 0) return;
  throw new Failure(
    "environment-mismatch",
    `this shell is not set for the servers of environment ${name}: see ${stray.join(", ")}`,
    { fix: `run it in: npx tenantry shell --environment ${name}` },
  );
}
