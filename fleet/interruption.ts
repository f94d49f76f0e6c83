/**
 * Ctrl-C and SIGTERM while a run is at work: the process lives on, so that what runs can come to a good end. Close it
 * when the run is over.
 */
export class Interruption {
  readonly #onSignal: (count: number) => void;
  #count = 0;
  /** Several stacks may be at work at once. */
  readonly #passes = new Set<() => void>();
  readonly #heard = (): void => {
    this.#count += 1;
    this.#onSignal(this.#count);
    for (const pass of this.#passes) pass();
  };

  /** `onSignal` hears of each signal, the first one being number 1. */
  constructor(onSignal: (count: number) => void) {
    this.#onSignal = onSignal;
    process.on("SIGINT", this.#heard).on("SIGTERM", this.#heard);
  }

  get happened(): boolean {
    return this.#count > 0;
  }

  /** Hands each signal on while `work` goes on. */
  async during<T>(pass: () => void, work: () => Promise<T>): Promise<T> {
    this.#passes.add(pass);
    try {
      return await work();
    } finally {
      this.#passes.delete(pass);
    }
  }

  close(): void {
    process.off("SIGINT", this.#heard).off("SIGTERM", this.#heard);
  }
}
