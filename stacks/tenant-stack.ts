import { join } from "node:path";
import { Tenant } from "../components/tenant.ts";
import { serverLocale } from "../providers/postgresql/locale.ts";
import { Failure } from "../report/failure.ts";
import { loadTenant } from "../schema/load-tenant.ts";
import { problemText } from "../schema/print-problems.ts";
import { databaseArgs } from "./database-args.ts";
import { loadEnvironment, parseStackName, type Environment } from "./environment.ts";
import { identityArgs } from "./identity-args.ts";

/**
 * Deploys the tenant that a stack is named after, and gives the stack's outputs.
 *
 * Throws a {@link Failure} for a name without a tenant, an invalid tenant, an unknown environment, a shell that is set
 * for other servers, and a reference to a secret that isn't there.
 */
export async function tenantStack(root: string, stackName: string): Promise<Record<string, unknown>> {
  const stack = parseStackName(stackName);
  const result = loadTenant(join(root, "tenants"), stack.tenant);
  if (!result.valid) {
    const lines = result.problems.map(
      (each) => `${each.file}:${each.line}:${each.column} ${each.path}: ${problemText(each)}`,
    );
    throw new Failure("tenant-invalid", lines.join("\n"), { fix: "mend the file" });
  }
  const { tenant } = result.loaded;
  const environment = loadEnvironment(root, stack.environment);
  refuseOtherServers(stack.environment, environment);

  const locale = environment.postgres.locale ?? (await serverLocale(process.env));
  const { database, identity, people } = new Tenant(tenant.id, {
    database: databaseArgs(tenant, { ...environment.postgres, locale }),
    identity: identityArgs(tenant, environment.keycloak.url),
  });
  const { id, name, kind, plan, status } = tenant;
  return { tenant: { id, name, kind, plan, status }, database, identity, people };
}

/** Plugins go where their own variables point. That must be where this environment's file says, or `prod` meets `local`. */
function refuseOtherServers(name: string, { postgres, keycloak }: Environment): void {
  const { PGHOST, PGPORT, KEYCLOAK_URL } = process.env;
  if (PGHOST === postgres.host && PGPORT === String(postgres.port) && KEYCLOAK_URL === keycloak.url) return;
  throw new Failure("environment-mismatch", `this shell is not set for the servers of environment ${name}`, {
    fix: `run it in: npx tenantry shell --environment ${name}`,
  });
}
