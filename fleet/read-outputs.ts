import { z } from "zod";
import { Failure } from "../report/failure.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { pulumi } from "./pulumi.ts";

interface Wanted {
  /** The project folder. */
  readonly root: string;
  readonly environment: string;
  /** The tenant's id. */
  readonly tenant: string;
  readonly showSecrets: boolean;
}

export type Outputs = Readonly<Record<string, unknown>>;

/** Reads a stack's outputs. Secrets are `[secret]` unless asked for. Throws a {@link Failure} `not-deployed`. */
export async function readOutputs({ root, environment, tenant, showSecrets }: Wanted): Promise<Outputs> {
  const stack = `${environment}.${tenant}`;
  const args = ["stack", "output", "--json", "--stack", stack, ...(showSecrets ? ["--show-secrets"] : [])];
  const context = { root, environment: { ...process.env, ...engineEnvironment(root, environment) } };
  const text = await pulumi(args, context).catch((error: unknown) => {
    const missing = error instanceof Failure && error.message.includes("no stack named");
    throw missing ? notDeployed(tenant, stack) : error;
  });
  const outputs = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  if (Object.keys(outputs).length === 0) throw notDeployed(tenant, stack);
  return outputs;
}

function notDeployed(tenant: string, stack: string): Failure {
  return new Failure("not-deployed", `stack ${stack} has no outputs: the tenant is not deployed there`, {
    fix: `deploy it with: npx tenantry up ${tenant}`,
  });
}
