import pLimit from "p-limit";
import type { System } from "../providers/system.ts";
import { environmentFile } from "../stacks/environment.ts";
import { changedPaths } from "./changed-paths.ts";
import { overBudget } from "./deletion-budget.ts";
import { groupAlike } from "./alike.ts";
import type { FleetListener, FleetReport, TenantOutcome } from "./fleet-report.ts";
import { DriftFinder } from "./find-drift.ts";
import { InputsOfRun } from "./inputs-of-run.ts";
import { Interruption } from "./interruption.ts";
import { loadMember, loadMembers, type Members } from "./load-members.ts";
import { nothingDone, orFailed, type Planned } from "./or-failed.ts";
import { operateTenant, type TenantOperation } from "./operate-tenant.ts";
import { listStacks, orphansOf } from "./orphans.ts";
import { Preflights } from "./preflights.ts";
import { candidateOf, mayDelete, type Prospect, prospectOf } from "./prospect.ts";
import { type Selection, selectTenants } from "./select-tenants.ts";
import type { StackOutcome, StackProblem } from "./stack-outcome.ts";
import { inputsDigest } from "./tenant-inputs.ts";
import { unreadable } from "./unreadable.ts";
import { WarmHost } from "./warm-host.ts";

export interface FleetRun {
  readonly operation: TenantOperation | "drift";
  /** Ids of tenants; empty: all of them. */
  readonly named: readonly string[];
  /** Only those that a change since this git revision reaches. */
  readonly changedSince?: string | undefined;
  readonly environment: string;
  /** The project's folder. */
  readonly root: string;
  readonly systems: readonly System[];
  /** Look at the systems themselves first. */
  readonly refresh: boolean;
  /** Also those whose inputs are as deployed. */
  readonly force: boolean;
  /** How many stacks run at once. */
  readonly parallel: number;
  /** How many resources an up may delete; undefined: see `overBudget`. */
  readonly maxDeletes?: number | undefined;
  readonly listener: FleetListener;
}

/**
 * Runs an operation on many tenants at once. One that fails doesn't stop the others; a signal lets those that run end and
 * starts no more. Before an up changes anything, what it would delete is held against a budget.
 *
 * Throws a {@link Failure} for a revision that git doesn't know, and when the state backend can't list its stacks.
 */
export async function runFleet(run: FleetRun): Promise<FleetReport> {
  const started = Date.now();
  const fleet = new Fleet(run);
  try {
    return await fleet.run(started);
  } finally {
    await fleet.close();
  }
}

/** One run of many tenants. */
class Fleet {
  readonly #run: FleetRun;
  readonly #inputs: InputsOfRun;
  readonly #preflights: Preflights;
  readonly #interruption: Interruption;
  readonly #host: WarmHost;
  readonly #drift: DriftFinder;

  constructor(run: FleetRun) {
    this.#run = run;
    this.#host = new WarmHost(run.operation === "drift" ? "resources" : "programs");
    this.#inputs = new InputsOfRun(run.root, run.environment);
    this.#preflights = new Preflights(run.systems);
    this.#interruption = new Interruption((count) =>
      run.listener.onNote(
        undefined,
        count === 1 ? "letting running operations end; Ctrl-C again stops at once" : "stopping at once",
      ),
    );
    this.#drift = new DriftFinder({
      ...run,
      systems: this.#preflights.systems,
      inputs: this.#inputs,
      host: this.#host,
      interruption: this.#interruption,
    });
  }

  async close(): Promise<void> {
    this.#interruption.close();
    await this.#host.close();
  }

  async run(started: number): Promise<FleetReport> {
    const { operation, environment, listener, named } = this.#run;
    const { members, problems } = await this.#members();
    const prospects = members.map((member) => {
      const prospect = prospectOf(member, this.#inputs);
      this.#getReady(prospect);
      return prospect;
    });
    const selection = await this.#select(prospects);
    listener.onSelected(selection.chosen, selection.skipped);
    const chosen = selection.chosen.flatMap(({ tenant, reason }): Turn[] =>
      prospects.filter(({ member }) => member.id === tenant).map((prospect) => ({ prospect, reason })),
    );
    const refused = operation === "up" ? await this.#refuse(chosen) : new Map<string, TenantOutcome>();
    const seen = operation === "drift" ? await this.#lookTogether(chosen) : new Map<string, TenantOutcome>();
    const tenants = await this.#each(chosen, async ({ prospect, reason }) => {
      const { id } = prospect.member;
      const outcome = seen.get(id) ?? refused.get(id) ?? { ...(await this.#operate(prospect)), reason };
      if (!seen.has(id)) listener.onEnded(outcome);
      return outcome;
    });
    return {
      operation,
      environment,
      tenants,
      skipped: selection.skipped,
      alike: operation === "preview" && tenants.length > 1 ? groupAlike(tenants) : [],
      orphans: named.length === 0 ? await this.#orphans(members.map(({ id }) => id)) : [],
      problems,
      interrupted: this.#interruption.happened,
      at: new Date(started).toISOString(),
      seconds: (Date.now() - started) / 1000,
    };
  }

  /** Has the host start while there is more to find out, as soon as there is a tenant whose stack will certainly run. */
  #getReady({ member: { loaded }, isNew }: Prospect): void {
    const { root, operation, named } = this.#run;
    // Where states can't be seen nothing is certain; nor where an engine can't be started, which each tenant's run says.
    if (loaded === undefined || this.#inputs.states === undefined) return;
    const makes = operation === "up" || operation === "preview";
    const runs = isNew ? makes && loaded.tenant.status !== "destroyed" : named.length > 0;
    if (runs) void this.#host.attach(root, this.#inputs.engine());
  }

  async #members(): Promise<Members> {
    const { root, named } = this.#run;
    if (named.length === 0) return loadMembers(root);
    return { members: [...new Set(named)].map((id) => loadMember(root, id)), problems: [] };
  }

  async #select(prospects: readonly Prospect[]): Promise<Selection> {
    const { root, environment, named, changedSince, operation, force, refresh } = this.#run;
    const out = new Map(
      prospects.flatMap((prospect) => leftOut(prospect, operation, named.length > 0) ?? []),
    );
    const candidates = prospects.filter(({ member }) => !out.has(member.id)).map(candidateOf);
    const { chosen, skipped } = selectTenants(candidates, {
      named,
      changed: changedSince === undefined ? undefined : await changedPaths(root, changedSince),
      environmentFile: environmentFile("", environment),
      force,
      skipUnchanged: !refresh && (operation === "up" || operation === "preview"),
    });
    return { chosen, skipped: [...skipped, ...[...out].map(([tenant, reason]) => ({ tenant, reason }))] };
  }

  /** What isn't as deployed, of the tenants that can be looked at together. The listener has heard of them. */
  #lookTogether(chosen: readonly Turn[]): Promise<Map<string, TenantOutcome>> {
    return this.#drift.together(
      chosen.flatMap(({ prospect }) => prospect.member.loaded ?? []),
      new Map(chosen.map(({ prospect, reason }) => [prospect.member.id, reason])),
    );
  }

  /** The tenants that may not be updated, and why: what they, or all together, would delete. */
  async #refuse(chosen: readonly Turn[]): Promise<Map<string, TenantOutcome>> {
    const { listener, maxDeletes } = this.#run;
    const doubtful = chosen.filter(({ prospect }) => prospect.member.loaded && mayDelete(prospect));
    const previews = await this.#each(doubtful, async ({ prospect, reason }) => ({
      ...(await this.#operate(prospect, true)),
      reason,
    }));
    const asUp = (preview: TenantOutcome): TenantOutcome => ({ ...preview, operation: "up", changes: [] });
    const refusals = overBudget(previews, maxDeletes);
    if (refusals.size === 0) {
      const failed = previews.filter(({ result }) => result !== "succeeded");
      return new Map(failed.map((preview) => [preview.tenant, asUp(preview)]));
    }
    listener.onNote(undefined, "nothing was changed: the run would delete more than it may");
    return new Map(
      chosen.map(({ prospect, reason }) => {
        const { id } = prospect.member;
        const preview =
          previews.find(({ tenant }) => tenant === id) ?? nothingDone(this.#planned(id), "failed", []);
        const problems = refusals.get(id) ?? preview.problems;
        const own = problems.length > 0 ? problems : [stopped(refusals)];
        return [id, { ...asUp({ ...preview, reason }), result: "failed", problems: own }];
      }),
    );
  }

  async #each<T>(turns: readonly Turn[], work: (turn: Turn) => Promise<T>): Promise<T[]> {
    const limit = pLimit(this.#run.parallel);
    return Promise.all(turns.map((turn) => limit(() => work(turn))));
  }

  /** `looking`: a preview, to see what an up would delete. */
  async #operate({ member, isNew }: Prospect, looking = false): Promise<StackOutcome> {
    const { listener, operation, root, environment, refresh } = this.#run;
    const { id, loaded } = member;
    if (this.#interruption.happened) return nothingDone(this.#planned(id), "cancelled", []);
    if (loaded === undefined)
      return nothingDone(this.#planned(id), "failed", member.problems.map(unreadable));
    listener.onStarted(id, looking ? "looking for deletes" : operation);
    this.#inputs.lookAgain();
    const before = operation === "up" && !looking ? this.#inputs.now(loaded.tenant) : undefined;
    return orFailed(this.#planned(id), async () => {
      const outcome = await operateTenant({
        operation: looking || operation === "drift" ? "preview" : operation,
        root,
        environment,
        variables: this.#inputs.engine(),
        refresh: operation === "drift" || (refresh && !looking),
        loaded,
        systems: this.#preflights.systems,
        judged: operation === "up" || operation === "preview",
        isNew,
        host: this.#host,
        interruption: this.#interruption,
        onStep: (step) => looking || listener.onStep(id, step),
        onNote: (note) => looking || listener.onNote(id, note),
      });
      this.#preflights.learn(outcome);
      if (operation === "drift") return await this.#drift.of(outcome, loaded.tenant);
      if (before && outcome.result === "succeeded") this.#record(member, inputsDigest(before));
      return outcome;
    });
  }

  /** The program read the files for itself: only what was the same before and after is what it deployed. */
  #record({ id }: Prospect["member"], before: string): void {
    const { loaded } = loadMember(this.#run.root, id);
    this.#inputs.lookAgain();
    const inputs = loaded && this.#inputs.now(loaded.tenant);
    if (loaded && inputs && inputsDigest(inputs) === before) this.#inputs.record(loaded.tenant, inputs);
  }

  async #orphans(tenants: readonly string[]): Promise<string[]> {
    const { root, environment } = this.#run;
    const { states, variables } = this.#inputs;
    const stacks = states?.stacks() ?? (await listStacks({ root, environment: variables }));
    return orphansOf(stacks, { environment, tenants }).filter((stack) => states?.isEmpty(stack) !== true);
  }

  #planned(tenant: string): Planned {
    const { operation, environment } = this.#run;
    const stack = `${environment}.${tenant}`;
    return { tenant, stack, operation: operation === "drift" ? "preview" : operation };
  }
}

interface Turn {
  readonly prospect: Prospect;
  readonly reason: string;
}

/** Which tenant an operation passes over, and why. Who names a tenant of the wrong status is told so by its own run. */
function leftOut(
  { member: { id, loaded }, isNew }: Prospect,
  operation: FleetRun["operation"],
  named: boolean,
): readonly [string, string][] | undefined {
  if (loaded === undefined) return undefined;
  const { status } = loaded.tenant;
  if (operation === "drift" && isNew) return [[id, "not deployed"]];
  if (named) return undefined;
  if (operation === "destroy")
    return status === "destroyed" ? undefined : [[id, `${status}, not marked for destruction`]];
  return status === "destroyed" ? [[id, `marked for destruction: npx tenantry destroy ${id}`]] : undefined;
}

function stopped(refusals: ReadonlyMap<string, unknown>): StackProblem {
  return {
    severity: "error",
    code: "run-stopped",
    system: undefined,
    message: `not begun, because of what would be deleted of ${[...refusals.keys()].join(", ")}`,
    fix: "settle that, or run this tenant by itself",
    resource: undefined,
    position: undefined,
  };
}
