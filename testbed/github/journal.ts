import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const change = z.strictObject({
  method: z.string(),
  /** With its query. */
  path: z.string(),
  body: z.string(),
});

/** A call that changed something. */
export type Change = z.output<typeof change>;

/** The calls that changed something, a line each: made once more in their order, they give the same state. */
export class Journal {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(made: Change): void {
    appendFileSync(this.#file, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  }

  /** A last line that a killed process only began counts for nothing. */
  all(): Change[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => change.parse(JSON.parse(line)));
  }
}
