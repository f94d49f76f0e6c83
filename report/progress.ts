import { styleText } from "node:util";

/** Shows what is being done, for how long, and in the end where the time went. */
export interface Progress {
  /**
   * Runs one named step. `say` replaces the step's detail ("building github.com/pulumi/pulumi, 312 packages so far").
   * The step's line is closed with its duration when `work` ends, with a cross when it throws.
   */
  step<T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T>;
}

/** Formats a duration for people: `0.4 s`, `12 s`, `4 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/**
 * Progress on a stream: a live line in a terminal; elsewhere a line when a step starts, one at most every ten seconds
 * while it works, and one when it ends.
 */
export class StreamProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #took: { title: string; ms: number }[] = [];
  readonly #started = Date.now();

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  async step<T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> {
    const live = this.#stream.isTTY;
    const started = Date.now();
    let detail = "";
    const draw = (): void => {
      const text = `  … ${title}${detail && `: ${detail}`}  ${duration(Date.now() - started)}`;
      this.#stream.write(live ? `\r\x1b[K${text.slice(0, (this.#stream.columns || 80) - 1)}` : `${text}\n`);
    };
    if (live) draw();
    else this.#stream.write(`  … ${title}\n`);
    const timer = setInterval(draw, live ? 200 : 10_000);
    const close = (mark: string): void => {
      clearInterval(timer);
      const ms = Date.now() - started;
      this.#took.push({ title, ms });
      this.#stream.write(
        `${live ? "\r\x1b[K" : ""}  ${mark} ${title}  ${this.#style("dim", duration(ms))}\n`,
      );
    };
    try {
      const result = await work((next) => (detail = next));
      close(this.#style("green", "✓"));
      return result;
    } catch (error) {
      close(this.#style("red", "✗"));
      throw error;
    }
  }

  /** Counts the time of work that shows its own progress. */
  async timed<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    try {
      return await work();
    } finally {
      this.#took.push({ title, ms: Date.now() - started });
    }
  }

  /** Prints where the time went: the total, and each step that took a second or more, longest first. */
  summary(): void {
    const slow = this.#took.filter(({ ms }) => ms >= 1000).sort((a, b) => b.ms - a.ms);
    const parts = slow.map(({ title, ms }) => `${title} ${duration(ms)}`);
    const total = duration(Date.now() - this.#started);
    this.#stream.write(`\n  ${total} in all${parts.length > 0 ? `: ${parts.join(", ")}` : ""}\n`);
  }

  #style(format: "dim" | "green" | "red", text: string): string {
    return styleText(format, text, { stream: this.#stream });
  }
}

/** Progress that shows nothing: for `--json` and for tests. */
export const silent: Progress = { step: (_title, work) => work(() => undefined) };
