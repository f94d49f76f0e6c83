import { styleText } from "node:util";
import type { FleetListener, FleetReport, TenantOutcome } from "../fleet/fleet-report.ts";
import type { Chosen } from "../fleet/select-tenants.ts";
import type { ResourceStep } from "../fleet/stack-report.ts";
import { duration } from "../report/progress.ts";
import { changeCounts } from "./change-lines.ts";
import { printStackProblem } from "./print-stack-problem.ts";

interface Busy {
  readonly doing: string;
  readonly since: number;
  done: number;
  latest: string;
}

/** Shows a run of many tenants: a line when one is done, and in a terminal a table of those at work below. */
export class FleetPrinter implements FleetListener {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  readonly #busy = new Map<string, Busy>();
  readonly #timer: NodeJS.Timeout | undefined;
  #waiting = 0;
  #drawn = 0;

  constructor(title: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#stream = stream;
    if (stream.isTTY) this.#timer = setInterval(() => this.#draw(), 200);
  }

  readonly onSelected = (chosen: readonly Chosen[], skipped: readonly Chosen[]): void => {
    this.#waiting = chosen.length;
    this.#print(
      styleText("bold", `${this.#title}: ${count(chosen.length, "tenant")}`, { stream: this.#stream }),
    );
    for (const [reason, tenants] of byReason(chosen))
      if (reason !== "all" && reason !== "named") this.#print(`  ${reason}: ${some(tenants)}`);
    for (const [reason, tenants] of byReason(skipped))
      this.#print(this.#dim(`  skipped, ${reason}: ${some(tenants)}`));
  };

  readonly onStarted = (tenant: string, doing: string): void => {
    this.#busy.set(tenant, { doing, since: Date.now(), done: 0, latest: "" });
  };

  readonly onStep = (tenant: string, step: ResourceStep): void => {
    const busy = this.#busy.get(tenant);
    if (busy === undefined) return;
    if (step.phase === "started") busy.latest = step.name;
    else busy.done += 1;
  };

  readonly onNote = (tenant: string | undefined, note: string): void => {
    this.#print(this.#dim(`  ${tenant === undefined ? "" : `${tenant}: `}${note}`));
  };

  readonly onEnded = (outcome: TenantOutcome): void => {
    this.#busy.delete(outcome.tenant);
    this.#waiting -= 1;
    const { result, tenant, changes, unchanged, operation, seconds } = outcome;
    const ending = result === "succeeded" ? [] : [result];
    const counts = changeCounts(changes, this.#stream, operation === "preview");
    const rest = result === "succeeded" || unchanged > 0 ? [`${unchanged} unchanged`] : [];
    const mark = result === "succeeded" ? this.#style("green", "✓") : this.#style("red", "✗");
    const text = [...ending, ...counts, ...rest].join(", ");
    this.#print(`  ${mark} ${tenant.padEnd(20)} ${text}  ${this.#dim(duration(seconds * 1000))}`);
    outcome.problems.forEach(printStackProblem);
  };

  /** Ends with the counts, and once more who failed and why: the lines above may be far away. */
  close({ tenants, skipped, seconds }: FleetReport): void {
    clearInterval(this.#timer);
    this.#clear();
    const are = (test: (outcome: TenantOutcome) => boolean): number => tenants.filter(test).length;
    const counts: [number, string][] = [
      [are(({ result, changes }) => result === "succeeded" && changes.length > 0), "changed"],
      [are(({ result, changes }) => result === "succeeded" && changes.length === 0), "unchanged"],
      [skipped.length, "skipped"],
      [are(({ result }) => result === "failed"), "failed"],
      [are(({ result }) => result === "cancelled"), "not finished"],
    ];
    const text = counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(", ");
    this.#print(`\n  ${text === "" ? "no tenants" : text}  ${this.#dim(duration(seconds * 1000))}`);
    for (const { tenant, problems } of tenants.filter(({ result }) => result === "failed")) {
      const error = problems.find(({ severity }) => severity === "error");
      const [line = ""] = (error?.message ?? "").split("\n");
      this.#print(
        `  ${this.#style("red", "✗")} ${tenant}: ${error?.system ? `${error.system}: ` : ""}${line}`,
      );
    }
  }

  #draw(): void {
    this.#clear();
    const width = (this.#stream.columns || 80) - 1;
    const lines = [...this.#busy].map(([tenant, { doing, since, done, latest }]) => {
      const what = latest === "" ? "" : `, ${latest}`;
      return `  … ${tenant.padEnd(20)} ${doing}: ${done} done${what}  ${duration(Date.now() - since)}`;
    });
    const more = this.#waiting - this.#busy.size;
    if (more > 0) lines.push(`  … ${more} more to come`);
    this.#stream.write(lines.map((line) => `${line.slice(0, width)}\n`).join(""));
    this.#drawn = lines.length;
  }

  #clear(): void {
    if (this.#drawn > 0) this.#stream.write(`\x1b[${this.#drawn}A\x1b[J`);
    this.#drawn = 0;
  }

  #print(line: string): void {
    this.#clear();
    this.#stream.write(`${line}\n`);
  }

  #dim(text: string): string {
    return this.#style("dim", text);
  }

  #style(format: "dim" | "red" | "green", text: string): string {
    return styleText(format, text, { stream: this.#stream });
  }
}

function byReason(chosen: readonly Chosen[]): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { tenant, reason } of chosen) {
    // The times of many deployments would be as many reasons.
    const short = reason.replace(/^(as deployed) at .*$/, "$1").replace(/^(its file changed): .*$/, "$1");
    reasons.set(short, [...(reasons.get(short) ?? []), tenant]);
  }
  return reasons;
}

/** The first few of many. */
export function some(tenants: readonly string[]): string {
  const shown = tenants.slice(0, 5).join(", ");
  return tenants.length > 5 ? `${shown} and ${tenants.length - 5} more` : shown;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
