import { styleText } from "node:util";
import type { PropertyChange } from "../fleet/property-changes.ts";
import type { StackOutcome } from "../fleet/stack-outcome.ts";
import { typeName, type Change, type ResourceChange, type ResourceStep } from "../fleet/stack-report.ts";
import { duration } from "../report/progress.ts";

const marks: Record<Change, { mark: string; style: "green" | "yellow" | "magenta" | "red"; verb: string }> = {
  create: { mark: "+", style: "green", verb: "create" },
  update: { mark: "~", style: "yellow", verb: "update" },
  replace: { mark: "±", style: "magenta", verb: "replace" },
  delete: { mark: "-", style: "red", verb: "delete" },
};

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
    const took = started === undefined ? "" : duration(Date.now() - started);
    this.#print(this.#line(step, step.phase === "failed", took));
    for (const change of step.properties) this.#print(this.#property(change));
  }

  /** Says in a sentence what is done beside the resources. */
  note(text: string): void {
    this.#print(`  ${this.#dim(text)}`);
  }

  /** Ends the run with its counts: `3 created, 1 updated, 18 unchanged  2.6 s`. */
  close({ changes, unchanged, operation, result }: StackOutcome): void {
    clearInterval(this.#timer);
    this.#clearStatus();
    const counts = Object.entries(marks).flatMap(([change, { verb, style }]) => {
      const count = changes.filter((each) => each.change === change).length;
      const words = operation === "preview" ? `${count} to ${verb}` : `${count} ${verb}d`;
      return count === 0 ? [] : [styleText(style, words, { stream: this.#stream })];
    });
    const ending = result === "succeeded" ? "" : `${styleText("red", result, { stream: this.#stream })}: `;
    const summary = [...counts, `${unchanged} unchanged`].join(", ");
    this.#print(`  ${ending}${summary}  ${this.#dim(duration(Date.now() - this.#begun))}`);
  }

  #line({ change, type, name }: ResourceChange, failed: boolean, took: string): string {
    const { mark, style } = marks[change];
    const text = `${failed ? "✗" : mark} ${typeName(type).padEnd(30)} ${name}`;
    return `  ${styleText(failed ? "red" : style, text, { stream: this.#stream })}  ${this.#dim(took)}`;
  }

  #property({ path, from, to }: PropertyChange): string {
    return `      ${path}: ${this.#dim(show(from))} → ${show(to)}`;
  }

  #print(line: string): void {
    this.#clearStatus();
    this.#stream.write(`${line}\n`);
  }

  #drawStatus(): void {
    const busy = [...this.#startedAt.keys()].map((urn) => urn.slice(urn.lastIndexOf("::") + 2));
    const what = busy.length > 0 ? `, working on ${busy.join(", ")}` : "";
    const text = `  … ${this.#title}: ${this.#done} done${what}  ${duration(Date.now() - this.#begun)}`;
    this.#stream.write(`\r\x1b[K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  #clearStatus(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\x1b[K");
  }

  #dim(text: string): string {
    return styleText("dim", text, { stream: this.#stream });
  }
}

function show(value: unknown): string {
  return value === undefined ? "(none)" : typeof value === "string" ? value : JSON.stringify(value);
}
