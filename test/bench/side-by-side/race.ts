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
  /** The largest fleet of the one Pulumi stack. */
  readonly oneStackUpTo: number;
  /** How often new tenants are added and drift looked for; the median counts. */
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

/** Takes tenants off the servers. */
type Wipe = (ids: readonly string[]) => Promise<void>;

/**
 * Sends the contenders over the course, round by round: what warms the servers up, or slows the machine down, does so for all
 * of them. Their fleets are on the servers at the same time.
 */
export async function race(
  contenders: readonly Contender[],
  course: Course,
  progress: Progress,
  wipe: Wipe,
): Promise<Map<string, Heat>> {
  const { kinds, fleets, oneStackUpTo } = course;
  const runners = contenders.map((contender) => new Runner(contender, progress, wipe));
  const each = async (who: readonly Runner[], work: (runner: Runner) => Promise<unknown>): Promise<void> => {
    for (const runner of who) await work(runner);
  };
  const rounds = async (
    who: readonly Runner[],
    work: (runner: Runner, round: string) => Promise<unknown>,
  ): Promise<void> => {
    for (let round = 1; round <= course.rounds; round += 1)
      await each(who, (runner) => work(runner, `${round} of ${course.rounds}`));
  };

  await each(runners, (runner) => runner.getReady(Math.max(20, ...fleets)));
  if (kinds.has("one new"))
    await rounds(runners, async (runner, round) => {
      await runner.note(caseOf("one new"), `one new tenant, ${round}`, () => runner.grow(1));
      await runner.empty();
    });
  if (kinds.has("20 new"))
    await rounds(runners, async (runner, round) => {
      await runner.note(caseOf("20 new"), `20 new tenants, ${round}`, () => runner.grow(20));
      await runner.empty();
    });
  for (const size of fleets) {
    const who = runners.filter(({ contender }) => !isOneStack(contender) || size <= oneStackUpTo);
    const more = kinds.has("one more") ? course.rounds : 0;
    await each(who, (runner) => runner.said(`a fleet of ${size}`, () => runner.grow(size - more)));
    if (more > 0)
      await rounds(who, (runner, round) =>
        runner.note(caseOf("one more", size), `one more, ${round}`, () => runner.grow(runner.fleet + 1)),
      );
    if (size < 30) continue;
    if (kinds.has("nothing"))
      await each(who, (runner) =>
        runner.note(caseOf("nothing", size), "nothing changed", () => runner.contender.up()),
      );
    if (kinds.has("drift") && size === 30)
      await rounds(who, (runner, round) =>
        runner.note(caseOf("drift", size), `drift, ${round}`, () => runner.contender.drift()),
      );
  }
  await each(runners, (runner) => runner.empty());
  return new Map(runners.map((runner) => [runner.contender.name, runner.heat()]));
}

function isOneStack({ name }: Contender): boolean {
  return name === "one Pulumi stack";
}

/** A contender on its way, and what it took so far. */
class Runner {
  readonly contender: Contender;
  /** How many tenants there are. */
  fleet = 0;
  readonly #progress: Progress;
  readonly #wipe: Wipe;
  readonly #costs = new Map<string, { readonly case: Case; readonly costs: Cost[] }>();
  #resources = 0;

  constructor(contender: Contender, progress: Progress, wipe: Wipe) {
    this.contender = contender;
    this.#progress = progress;
    this.#wipe = wipe;
  }

  /** @param most tenants that a bench that was killed can have left */
  async getReady(most: number): Promise<void> {
    await this.#progress.step(`${this.contender.name}: getting ready`, async (say) => {
      await this.#wipe(this.#ids(most));
      await this.contender.prepare(say);
    });
    // The first one of all is slower for everybody: files, connections and the servers are cold.
    await this.said("one tenant to warm up", () => this.grow(1));
    this.#resources = this.contender.resources(this.#ids(1)[0] ?? "");
    await this.empty();
  }

  async grow(size: number): Promise<Cost> {
    this.contender.write(this.#ids(size));
    const cost = await this.contender.up();
    this.fleet = size;
    return cost;
  }

  empty(): Promise<void> {
    return this.said("taking them away", async () => {
      await this.#wipe(this.#ids(this.fleet));
      await this.contender.forget();
      this.fleet = 0;
    });
  }

  said<T>(title: string, work: () => Promise<T>): Promise<T> {
    return this.#progress.step(`${this.contender.name}: ${title}`, work);
  }

  async note(which: Case, title: string, work: () => Promise<Cost>): Promise<void> {
    const cost = await this.said(title, work);
    const { costs } = this.#costs.get(which.id) ?? { costs: [] };
    this.#costs.set(which.id, { case: which, costs: [...costs, cost] });
  }

  heat(): Heat {
    const results = [...this.#costs.values()].map(({ case: which, costs }): Result => {
      const bytes = costs.flatMap((cost) => cost.bytes ?? []);
      return {
        contender: this.contender.name,
        case: which,
        seconds: median(costs.map(({ seconds }) => seconds)),
        bytes: bytes.length > 0 ? Math.max(...bytes) : undefined,
      };
    });
    return { results, resources: this.#resources };
  }

  #ids(count: number): string[] {
    return Array.from(
      { length: count },
      (_, index) => `${this.contender.prefix}-${String(index).padStart(4, "0")}`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
