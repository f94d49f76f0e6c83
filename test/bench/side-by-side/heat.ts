import type { Progress } from "../../../report/progress.ts";
import { caseOf, type Case } from "./cases.ts";
import type { Contender } from "./contender.ts";
import type { Cost } from "./measure.ts";

/** Which cases are measured. */
export interface Course {
  /** Kinds of cases: `one new`, `20 new`, `one more`, `nothing`, `drift`. */
  readonly kinds: ReadonlySet<string>;
  /** The sizes of fleets, smallest first. */
  readonly fleets: readonly number[];
  /** How often a new tenant is added; the median counts. */
  readonly rounds: number;
}

/** What one contender took for one case. */
export interface Result {
  readonly contender: string;
  readonly case: Case;
  readonly seconds: number;
  readonly bytes: number | undefined;
}

/** One contender's results, and how many resources it keeps a tenant. */
export interface Heat {
  readonly results: readonly Result[];
  readonly resources: number;
}

/** Sends one contender over the course. `wipe` takes tenants off the servers again. */
export async function heat(
  contender: Contender,
  { kinds, fleets, rounds }: Course,
  progress: Progress,
  wipe: (ids: readonly string[]) => Promise<void>,
): Promise<Heat> {
  const results: Result[] = [];
  const said = <T>(title: string, work: () => Promise<T>): Promise<T> =>
    progress.step(`${contender.name}: ${title}`, work);
  const note = (which: Case, costs: readonly Cost[]): void => {
    const bytes = costs.flatMap((cost) => cost.bytes ?? []);
    results.push({
      contender: contender.name,
      case: which,
      seconds: median(costs.map(({ seconds }) => seconds)),
      bytes: bytes.length > 0 ? Math.max(...bytes) : undefined,
    });
  };
  const idsOf = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${contender.prefix}-${String(index).padStart(4, "0")}`);
  let fleet = 0;
  const grow = async (size: number): Promise<Cost> => {
    contender.write(idsOf(size));
    const cost = await contender.up();
    fleet = size;
    return cost;
  };
  const empty = async (): Promise<void> => {
    await wipe(idsOf(fleet));
    await contender.forget();
    fleet = 0;
  };

  await progress.step(`${contender.name}: getting ready`, async (say) => {
    // What a bench that was killed left.
    await wipe(idsOf(Math.max(20, ...fleets)));
    await contender.prepare(say);
  });
  // The first one of all is slower for everybody: files, connections and the servers are cold.
  const resources = await said("one tenant to warm up", async () => {
    await grow(1);
    const count = contender.resources(idsOf(1)[0] ?? "");
    await empty();
    return count;
  });
  if (kinds.has("one new")) {
    const costs: Cost[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      costs.push(await said(`one new tenant, ${round} of ${rounds}`, () => grow(1)));
      await empty();
    }
    note(caseOf("one new"), costs);
  }
  if (kinds.has("20 new")) {
    note(caseOf("20 new"), [await said("20 new tenants", () => grow(20))]);
    await said("taking them away", empty);
  }
  for (const size of fleets) {
    const more = kinds.has("one more") ? rounds : 0;
    await said(`a fleet of ${size}`, () => grow(size - more));
    const costs: Cost[] = [];
    for (let round = 1; round <= more; round += 1)
      costs.push(await said(`one more, ${round} of ${more}`, () => grow(fleet + 1)));
    if (more > 0) note(caseOf("one more", size), costs);
    if (size < 30) continue;
    if (kinds.has("nothing"))
      note(caseOf("nothing", size), [await said("nothing changed", () => contender.up())]);
    if (kinds.has("drift") && size === 30)
      note(caseOf("drift", size), [await said("drift", () => contender.drift())]);
  }
  await said("taking everything away", empty);
  return { results, resources };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
