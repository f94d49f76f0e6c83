import pLimit from "p-limit";
import type { System } from "../providers/system.ts";
import { Failure } from "../report/failure.ts";
import type { LoadedTenant } from "../schema/load-tenant-file.ts";
import { checkSystems } from "./check-systems.ts";
import { exportState } from "./export-state.ts";
import type { Interruption } from "./interruption.ts";
import { lookTogether } from "./look-together.ts";
import { outdated } from "./run-stack.ts";
import { outcomeOf, type StackOutcome } from "./stack-outcome.ts";
import { keySettings, stackState, type StackState } from "./stack-state.ts";
import { StateFolder } from "./state-folder.ts";
import type { WarmHost } from "./warm-host.ts";

export interface TenantsRefresh {
  readonly tenants: readonly LoadedTenant[];
  /** The environment's name. */
  readonly environment: string;
  /** The project's folder. */
  readonly root: string;
  /** The whole environment of an engine's process. Throws the failures of `engineEnvironment`. */
  readonly engine: () => NodeJS.ProcessEnv;
  readonly systems: readonly System[];
  readonly host: WarmHost;
  readonly interruption: Interruption;
  /** How many engines run at once. */
  readonly parallel: number;
  readonly onStarted: (tenant: string) => void;
  readonly onNote: (tenant: string, note: string) => void;
  readonly onEnded: (outcome: StackOutcome) => void;
}

/** How many stacks an engine is given: it holds all of them in memory, 5 MiB each. */
const most = 50;

/**
 * Looks at many tenants for what isn't as deployed, by few engines. Nothing is heard of those that can't be looked at
 * together with others: their state, or a system, can't be reached, or only the backend can decrypt the state.
 */
export async function refreshTenants(run: TenantsRefresh): Promise<void> {
  const ready = await Promise.all(run.tenants.map((loaded) => readyToLook(loaded, run)));
  const sameKey = Map.groupBy(
    ready.filter((each) => each !== undefined),
    ({ key }) => key,
  );
  const limit = pLimit(run.parallel);
  const groups = [...sameKey.values()].flatMap((group) => chunks(group, most));
  await Promise.all(groups.map((group) => limit(() => look(group, run))));
}

/** A tenant that was found to be there, with all that an engine needs to look at it. */
interface Ready {
  readonly loaded: LoadedTenant;
  readonly stack: string;
  readonly variables: NodeJS.ProcessEnv;
  readonly state: StackState;
  readonly key: string;
}

async function readyToLook(loaded: LoadedTenant, run: TenantsRefresh): Promise<Ready | undefined> {
  const { root, environment } = run;
  const { tenant } = loaded;
  const stack = `${environment}.${tenant.id}`;
  const notes: string[] = [];
  try {
    const given = run.engine();
    // It gets ready while systems are asked.
    void run.host.attach(root, given);
    const variables = await checkSystems({
      ...run,
      tenant,
      operation: "preview",
      variables: given,
      onNote: (note) => notes.push(note),
    });
    const states = StateFolder.of(root, variables);
    const state = stackState(
      states
        ? states.deployment(stack)
        : (await exportState({ stack, root, environment: variables })).deployment,
    );
    const key = state && keySettings(state);
    if (state === undefined || key === undefined) return undefined;
    if ((state.pending_operations ?? []).length > 0) notes.push(outdated);
    notes.forEach((note) => run.onNote(tenant.id, note));
    return { loaded, stack, variables, state, key: JSON.stringify(key) };
  } catch (error) {
    // Whoever looks at it alone runs into it too, and tells it.
    if (error instanceof Failure || error instanceof AggregateError) return undefined;
    throw error;
  }
}

async function look(group: readonly Ready[], run: TenantsRefresh): Promise<void> {
  if (run.interruption.happened) return;
  const variables = Object.assign({}, ...group.map((each) => each.variables)) as NodeJS.ProcessEnv;
  const host = await run.host.attach(run.root, variables);
  const byStack = new Map(group.map((each) => [each.stack, each]));
  const since = new Map<string, number>();
  await lookTogether({
    root: run.root,
    environment: { ...variables, ...host?.variables },
    lifeline: host?.lifeline,
    interruption: run.interruption,
    states: new Map(group.map(({ stack, state }) => [stack, state])),
    onStarted: (stack) => {
      since.set(stack, Date.now());
      const started = byStack.get(stack);
      if (started) run.onStarted(started.loaded.tenant.id);
    },
    onEnded: (stack, result) => {
      const loaded = byStack.get(stack)?.loaded;
      const seconds = (Date.now() - (since.get(stack) ?? Date.now())) / 1000;
      if (loaded)
        run.onEnded(
          outcomeOf({ operation: "preview", loaded, stack, systems: run.systems, seconds }, result),
        );
    },
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
