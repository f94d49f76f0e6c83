import { styleText } from "node:util";
import type { StackOutcome } from "../fleet/stack-outcome.ts";
import type { ResourceStep } from "../fleet/stack-report.ts";
import { duration } from "../report/progress.ts";
import { changeCounts, changeLine, propertyLine } from "./change-lines.ts";

/** Shows a stack's run resource by resource: a line when one is done, and in a terminal what is under way below. */
export class RunPrinter {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  readonly #startedAt = new Map<string, number>();
  readonly #begun = Date.now();
  #done = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(title: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#stream = stream;
    this.#stream.write(`${styleText("bold", title, { stream })}\n`);
    if (stream.isTTY) this.#timer = setInterval(() => this.#drawStatus(), 200);
  }

  step(step: ResourceStep): void {
    if (step.phase === "started") {
      this.#startedAt.set(step.urn, Date.now());
      return;
    }
    const started = this.#startedAt.get(step.urn);
    this.#startedAt.delete(step.urn);
    this.#done += 1;
    const took = started === undefined ? 0 : Date.now() - started;
    // A preview does nothing that takes time.
    const time = took < 50 ? "" : `  ${this.#dim(duration(took))}`;
    this.#print(`  ${changeLine(step, this.#stream, step.phase === "failed")}${time}`);
    for (const change of step.properties) this.#print(`      ${propertyLine(change, this.#stream)}`);
  }

  /** Says in a sentence what is done beside the resources. */
  note(text: string): void {
    this.#print(`  ${this.#dim(text)}`);
  }

  /** Ends the run with its counts: `3 created, 1 updated, 18 unchanged  2.6 s`. */
  close({ changes, unchanged, operation, result }: StackOutcome): void {
    clearInterval(this.#timer);
    this.#clearStatus();
    const counts = changeCounts(changes, this.#stream, operation === "preview");
    const ending = result === "succeeded" ? "" : `${styleText("red", result, { stream: this.#stream })}: `;
    const nothing = result !== "succeeded" && changes.length === 0 && unchanged === 0;
    const summary = nothing ? "nothing was changed" : [...counts, `${unchanged} unchanged`].join(", ");
    this.#print(`  ${ending}${summary}  ${this.#dim(duration(Date.now() - this.#begun))}`);
  }

  #print(line: string): void {
    this.#clearStatus();
    this.#stream.write(`${line}\n`);
  }

  #drawStatus(): void {
    const busy = [...this.#startedAt.keys()].map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
    const what = busy.length > 0 ? `, working on ${busy.join(", ")}` : "";
    const sofar =
      this.#done === 0 && what === "" ? "looking what there is to do" : `${this.#done} done${what}`;
    const text = `  … ${this.#title}: ${sofar}  ${duration(Date.now() - this.#begun)}`;
    this.#stream.write(`\r\x1b[K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  #clearStatus(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }

  #dim(text: string): string {
    return styleText("dim", text, { stream: this.#stream });
  }
}
