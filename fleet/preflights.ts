import type { System } from "../providers/system.ts";
import { isUnreachable } from "./unreachable.ts";
import type { StackOutcome } from "./stack-outcome.ts";

/**
 * Asks each system once a run whether it can be worked with, however many tenants have a part of it. What it said is true
 * for all of them: one that is down fails the rest at once. A system that a tenant lost on the way is asked again.
 */
export class Preflights {
  readonly systems: readonly System[];
  readonly #asked = new Map<string, Promise<void>>();

  constructor(systems: readonly System[]) {
    this.systems = systems.map((system) => ({
      ...system,
      check: (environment) => {
        const asked = this.#asked.get(system.title) ?? system.check(environment);
        this.#asked.set(system.title, asked);
        return asked;
      },
    }));
  }

  /** Hears how a tenant fared: what was there before it may be gone. */
  learn({ problems }: StackOutcome): void {
    const lost = problems.filter(isUnreachable).map(({ system }) => system);
    for (const [title, asked] of this.#asked) {
      if (!lost.includes(title) && !lost.includes(undefined)) continue;
      void asked.then(
        () => this.#asked.delete(title),
        () => undefined,
      );
    }
  }
}
