import pLimit from "p-limit";
import type { System } from "../providers/system.ts";
import type { LoadedTenant } from "../schema/load-tenant-file.ts";
import type { Tenant } from "../schema/tenant.ts";
import { loadEnvironment } from "../stacks/environment.ts";
import { tenantServices } from "../stacks/tenant-services.ts";
import { systemsOn } from "./check-systems.ts";
import { withoutIgnored } from "./drift.ts";
import type { FleetListener, TenantOutcome } from "./fleet-report.ts";
import type { InputsOfRun } from "./inputs-of-run.ts";
import type { Interruption } from "./interruption.ts";
import { loadMembers } from "./load-members.ts";
import { orFailed } from "./or-failed.ts";
import { refreshTenants } from "./refresh-tenants.ts";
import type { StackOutcome } from "./stack-outcome.ts";
import type { WarmHost } from "./warm-host.ts";

interface Search {
  /** The project's folder. */
  readonly root: string;
  /** The environment's name. */
  readonly environment: string;
  readonly systems: readonly System[];
  readonly inputs: InputsOfRun;
  readonly host: WarmHost;
  readonly interruption: Interruption;
  /** How many engines, and tenants whose systems are asked, at once. */
  readonly parallel: number;
  readonly listener: FleetListener;
}

/** Looks for what isn't as deployed, and for what is in the systems and in no file. */
export class DriftFinder {
  readonly #search: Search;
  #all: Promise<readonly Tenant[]> | undefined;

  constructor(search: Search) {
    this.#search = search;
  }

  /**
   * Looks at those of some tenants that can be looked at together, and gives what was found by their ids. The listener has heard
   * of them.
   *
   * @param reasons why each of them is in the run, by its id
   */
  async together(
    tenants: readonly LoadedTenant[],
    reasons: ReadonlyMap<string, string>,
  ): Promise<Map<string, TenantOutcome>> {
    const { listener, inputs, parallel } = this.#search;
    const byId = new Map(tenants.map(({ tenant }) => [tenant.id, tenant]));
    const finish = async (outcome: StackOutcome): Promise<TenantOutcome> => {
      const tenant = byId.get(outcome.tenant);
      const whole = tenant ? await orFailed(outcome, () => this.of(outcome, tenant)) : outcome;
      const told = { ...whole, reason: reasons.get(outcome.tenant) ?? "" };
      listener.onEnded(told);
      return told;
    };
    const ended: Promise<TenantOutcome>[] = [];
    const limit = pLimit(parallel);
    await refreshTenants({
      ...this.#search,
      tenants,
      engine: () => inputs.engine(),
      onStarted: (id) => listener.onStarted(id, "drift"),
      onNote: listener.onNote,
      onEnded: (outcome) => {
        const finished = limit(() => finish(outcome));
        // It is heard of below, when all of them are awaited.
        finished.catch(() => undefined);
        ended.push(finished);
      },
    });
    return new Map((await Promise.all(ended)).map((outcome) => [outcome.tenant, outcome]));
  }

  /** What a preview found, less what is to be ignored, and what no preview can see. */
  async of(preview: StackOutcome, tenant: Tenant): Promise<Omit<TenantOutcome, "reason">> {
    const drift = { ...preview, ...withoutIgnored(preview.changes, tenant.drift.ignore) };
    if (preview.result !== "succeeded") return drift;
    // A server that can't be worked with was told by the preview.
    const { root, environment, systems, inputs } = this.#search;
    const { servers } = tenantServices(tenant, loadEnvironment(root, environment));
    const looks = systemsOn(systems, servers).map(async (system) => {
      const found = (await system.strays?.(tenant, inputs.variables, () => this.#everybody())) ?? [];
      return found.map((stray) => `${system.title} ${stray}`);
    });
    return { ...drift, strays: (await Promise.all(looks)).flat() };
  }

  /** Every tenant that can be read, in the run or not. */
  #everybody(): Promise<readonly Tenant[]> {
    this.#all ??= loadMembers(this.#search.root).then(({ members }) =>
      members.flatMap(({ loaded }) => loaded?.tenant ?? []),
    );
    return this.#all;
  }
}
