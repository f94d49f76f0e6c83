import type { System } from "../providers/system.ts";
import { Failure } from "../report/failure.ts";
import type { LoadedTenant } from "../schema/load-tenant-file.ts";
import type { Tenant } from "../schema/tenant.ts";
import { checkSystems } from "./check-systems.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { pulumi } from "./pulumi.ts";
import type { Operation } from "./run-engine.ts";
import { runStack } from "./run-stack.ts";
import { outcomeOf, type StackOutcome } from "./stack-outcome.ts";
import type { ResourceStep } from "./stack-report.ts";
import { unlocked } from "./unlocked.ts";

export type TenantOperation = Exclude<Operation, "refresh">;

export interface TenantRun {
  readonly operation: TenantOperation;
  readonly loaded: LoadedTenant;
  readonly environment: string;
  /** Look at the systems themselves first. */
  readonly refresh: boolean;
  /** The project folder. */
  readonly root: string;
  /** The systems that tenants have a part of. */
  readonly systems: readonly System[];
  readonly onStep: (step: ResourceStep) => void;
  readonly onNote: (note: string) => void;
}

/**
 * Previews, updates or destroys one tenant in one environment.
 *
 * Throws a {@link Failure} for what keeps the engine from starting: the tenant's status, the environment, a server that
 * isn't there or doesn't answer, another run on the same stack.
 */
export async function operateTenant(run: TenantRun): Promise<StackOutcome> {
  const started = Date.now();
  const { tenant } = run.loaded;
  refuseByStatus(tenant, run.operation);
  const stack = `${run.environment}.${tenant.id}`;
  const environment = { ...process.env, ...engineEnvironment(run.root, run.environment) };
  await checkSystems({ ...run, tenant, variables: environment });
  if (run.operation === "destroy" && !(await unprotect({ ...run, stack, environment }))) {
    run.onNote(`nothing is left of it in environment ${run.environment}: the file can be deleted`);
    return nothingToDestroy(tenant.id, stack, started);
  }
  const result = await runStack({
    ...run,
    stack,
    // A preview shows the policies everything before anything is done; an up has them look by themselves.
    environment: run.operation === "up" ? { ...environment, TENANTRY_LOOK_AHEAD: stack } : environment,
    flags: flags[run.operation],
    findId: async (pending) => {
      const system = run.systems.find((each) => pending.type.startsWith(`${each.package}:`));
      return system?.findId?.(pending, environment);
    },
  });
  if (run.operation === "destroy" && result.exitCode === 0)
    run.onNote("all of it is gone: its file can be deleted");
  return outcomeOf({ ...run, stack, seconds: (Date.now() - started) / 1000 }, result);
}

/** The project's own policy pack. Whatever a tenant still violates, it can be destroyed. */
const policies = ["--policy-pack", "policy"];

/** One broken resource doesn't stop the others; a destroyed stack leaves no empty shell. */
const flags: Readonly<Record<TenantOperation, readonly string[]>> = {
  preview: policies,
  up: ["--continue-on-error", ...policies],
  destroy: ["--continue-on-error", "--remove"],
};

/** Deleting is never an accident: the file has to say it twice, and then nothing else than destroying makes sense. */
function refuseByStatus({ id, status }: Tenant, operation: TenantOperation): void {
  if (operation === "destroy" && status !== "destroyed") {
    throw new Failure(
      "not-marked-for-destruction",
      `tenant ${id} is ${status}: it is not marked for destruction`,
      {
        fix: `to remove it with all its data, write \`status: destroyed\` and \`confirmDestroy: ${id}\` in its file`,
      },
    );
  }
  if (operation !== "destroy" && status === "destroyed") {
    throw new Failure("marked-for-destruction", `tenant ${id} is marked for destruction`, {
      fix: `remove it with \`npx tenantry destroy ${id}\`, or take \`status: destroyed\` out of its file`,
    });
  }
}

/** The file has said twice that the tenant goes: its protected resources may go too. False: there is no such stack. */
async function unprotect(target: Parameters<typeof unlocked>[0]): Promise<boolean> {
  const { stack } = target;
  try {
    await unlocked(target, () => pulumi(["state", "unprotect", "--all", "--yes", "--stack", stack], target));
    return true;
  } catch (error) {
    if (error instanceof Failure && error.message.includes("no stack named")) return false;
    throw error;
  }
}

function nothingToDestroy(tenant: string, stack: string, started: number): StackOutcome {
  const seconds = (Date.now() - started) / 1000;
  return {
    tenant,
    stack,
    operation: "destroy",
    result: "succeeded",
    changes: [],
    unchanged: 0,
    problems: [],
    seconds,
  };
}
