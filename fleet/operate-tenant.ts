import type { System } from "../providers/system.ts";
import { Failure } from "../report/failure.ts";
import type { LoadedTenant } from "../schema/load-tenant-file.ts";
import { usesService, type Tenant } from "../schema/tenant.ts";
import { checkSystems } from "./check-systems.ts";
import type { Interruption } from "./interruption.ts";
import { makeStack } from "./make-stack.ts";
import { nothingDone } from "./or-failed.ts";
import type { Operation } from "./run-engine.ts";
import { runStack } from "./run-stack.ts";
import { outcomeOf, type StackOutcome } from "./stack-outcome.ts";
import type { ResourceStep } from "./stack-report.ts";
import type { WarmHost } from "./warm-host.ts";

export type TenantOperation = Exclude<Operation, "refresh">;

export interface TenantRun {
  readonly operation: TenantOperation;
  readonly loaded: LoadedTenant;
  readonly environment: string;
  /** Whether policies are asked. Whatever a tenant violates, it can be looked at and destroyed. */
  readonly judged: boolean;
  /** Look at the systems themselves first. */
  readonly refresh: boolean;
  /** The project folder. */
  readonly root: string;
  /** The whole environment of an engine's process. */
  readonly variables: NodeJS.ProcessEnv;
  /** The systems that tenants have a part of. */
  readonly systems: readonly System[];
  /** Whether there certainly is nothing of the tenant yet. */
  readonly isNew: boolean;
  /** What runs the stack's program. */
  readonly host: WarmHost;
  /** Of a run of many tenants. */
  readonly interruption?: Interruption | undefined;
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
  const { variables } = run;
  // It gets ready while systems are asked.
  const attaching = run.host.attach(run.root, variables);
  const environment = await checkSystems({ ...run, tenant });
  if (run.isNew && run.operation !== "destroy") await makeStack({ root: run.root, environment, stack });
  const attached = await attaching;
  const result = await runStack({
    ...run,
    stack,
    environment: {
      ...environment,
      ...attached?.variables,
      // A preview shows the policies everything before anything is done; an up has them look by themselves.
      ...(run.operation === "up" && { TENANTRY_LOOK_AHEAD: stack }),
    },
    lifeline: attached?.lifeline,
    flags: run.judged ? [...flags[run.operation], ...policies] : flags[run.operation],
    findId: async (pending) => {
      const system = run.systems.find((each) => pending.type.startsWith(`${each.package}:`));
      return system?.findId?.(pending, environment);
    },
  }).catch((error: unknown) => {
    if (run.operation === "destroy" && isNoStack(error)) return undefined;
    throw error;
  });
  if (result === undefined) {
    run.onNote(`nothing is left of it in environment ${run.environment}: the file can be deleted`);
    const planned = { tenant: tenant.id, stack, operation: "destroy" } as const;
    return { ...nothingDone(planned, "succeeded", []), seconds: (Date.now() - started) / 1000 };
  }
  if (run.operation === "destroy" && result.exitCode === 0) run.onNote(farewell(tenant));
  return outcomeOf({ ...run, stack, seconds: (Date.now() - started) / 1000 }, result);
}

/** The project's own policy pack. */
const policies = ["--policy-pack", "policy"];

/** One broken resource doesn't stop the others; a destroyed stack leaves no empty shell. */
const flags: Readonly<Record<TenantOperation, readonly string[]>> = {
  preview: [],
  up: ["--continue-on-error"],
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

function isNoStack(error: unknown): boolean {
  return error instanceof Failure && error.message.includes("no stack named");
}

/** What a destroyed tenant leaves: neither Mattermost nor Coder forgets whom messages and builds belong to. */
function farewell(tenant: Tenant): string {
  const keepers = [
    ...(usesService(tenant, "collaboration") ? ["Mattermost"] : []),
    ...(usesService(tenant, "workspaces") ? ["Coder"] : []),
  ];
  return keepers.length === 0
    ? "all of it is gone: its file can be deleted"
    : `all of it is gone but people's accounts in ${keepers.join(" and ")}, which are shut: its file can be deleted`;
}
