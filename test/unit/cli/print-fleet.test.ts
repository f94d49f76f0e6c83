import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { FleetPrinter } from "../../../cli/print-fleet.ts";
import type { ResourceStep } from "../../../fleet/stack-report.ts";
import { changed, outcome, report } from "../fleet/outcomes.ts";

const escape = String.fromCharCode(27);
/** What the table uses: lines up, erase all that is below, and text with its line's end. */
const controls = new RegExp(`${escape}\\[(\\d+)A|(${escape}\\[J)|([^\\n]*)\\n`, "g");

/** A stream as far as a live table needs one, and what its user sees there. */
class Screen {
  readonly stream: NodeJS.WriteStream;
  /** All that was ever written. */
  raw = "";
  readonly #lines: string[] = [];
  #row = 0;

  constructor(shape: { readonly isTTY: boolean; readonly columns?: number }) {
    this.stream = Object.assign(new PassThrough(), shape, {
      write: (text: string) => this.#write(text),
    }) as unknown as NodeJS.WriteStream;
  }

  get lines(): string[] {
    return this.#lines.filter((line) => line !== "");
  }

  #write(text: string): true {
    this.raw += text;
    for (const [, up, erase, line] of text.matchAll(controls)) {
      if (up !== undefined) this.#row -= Number(up);
      else if (erase !== undefined) this.#lines.length = this.#row;
      else this.#lines[this.#row++] = stripVTControlCharacters(line ?? "");
    }
    return true;
  }
}

const step = (phase: ResourceStep["phase"], name: string): ResourceStep => ({
  phase,
  ...changed("create", name),
});
const chosen = (...tenants: string[]): { tenant: string; reason: string }[] =>
  tenants.map((tenant) => ({ tenant, reason: "all" }));

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("a terminal shows who is at work, on what, and how many are to come; who is done stays above", () => {
  const screen = new Screen({ isTTY: true, columns: 80 });
  const printer = new FleetPrinter("up prod", screen.stream);
  printer.onSelected(chosen("acme", "globex", "initech"), [{ tenant: "hooli", reason: "as deployed at 9" }]);
  printer.onStarted("acme", "up");
  printer.onStarted("globex", "looking for deletes");
  printer.onStep("acme", step("started", "acme-database"));
  jest.advanceTimersByTime(400);
  const above = ["up prod: 3 tenants", "  skipped, as deployed: hooli"];
  expect(screen.lines).toEqual([
    ...above,
    "  … acme                 up: 0 done, acme-database  0.4 s",
    "  … globex               looking for deletes: 0 done  0.4 s",
    "  … 1 more to come",
  ]);
  printer.onStep("acme", step("done", "acme-database"));
  printer.onNote("acme", "waiting for a lock");
  jest.advanceTimersByTime(1000);
  expect(screen.lines).toEqual([
    ...above,
    "  acme: waiting for a lock",
    "  … acme                 up: 1 done, acme-database  1.4 s",
    "  … globex               looking for deletes: 0 done  1.4 s",
    "  … 1 more to come",
  ]);
  printer.onEnded(
    outcome("acme", { operation: "up", changes: [changed("create", "x")], unchanged: 4, seconds: 2 }),
  );
  printer.onStarted("initech", "up");
  jest.advanceTimersByTime(200);
  expect(screen.lines).toEqual([
    ...above,
    "  acme: waiting for a lock",
    "  ✓ acme                 1 created, 4 unchanged  2.0 s",
    "  … globex               looking for deletes: 0 done  1.6 s",
    "  … initech              up: 0 done  0.2 s",
  ]);
});

test("in the end nothing of the table is left, and nothing draws any more", () => {
  const screen = new Screen({ isTTY: true, columns: 80 });
  const printer = new FleetPrinter("up prod", screen.stream);
  printer.onSelected(chosen("acme"), []);
  printer.onStarted("acme", "up");
  jest.advanceTimersByTime(1000);
  const ended = outcome("acme", { operation: "up", unchanged: 3 });
  printer.onEnded(ended);
  printer.close(report([ended], { seconds: 3 }));
  expect(jest.getTimerCount()).toBe(0);
  expect(screen.lines).toEqual([
    "up prod: 1 tenant",
    "  ✓ acme                 3 unchanged  1.0 s",
    "  1 unchanged  3.0 s",
  ]);
});

test("a narrow terminal gets no line that breaks: a broken one could not be erased", () => {
  const screen = new Screen({ isTTY: true, columns: 30 });
  const printer = new FleetPrinter("up prod", screen.stream);
  printer.onStarted("acme", "up");
  printer.onStep("acme", step("started", "acme-".repeat(20)));
  jest.advanceTimersByTime(200);
  expect(screen.lines).toEqual(["  … acme                 up: "]);
});

test("elsewhere there are plain lines, and no table", () => {
  const screen = new Screen({ isTTY: false });
  const printer = new FleetPrinter("up prod", screen.stream);
  printer.onSelected(chosen("acme"), []);
  printer.onStarted("acme", "up");
  expect(jest.getTimerCount()).toBe(0);
  const ended = outcome("acme", { operation: "up", changes: [changed("create", "x")] });
  printer.onEnded(ended);
  printer.close(report([ended]));
  expect(screen.raw.includes(escape)).toBe(false);
  expect(screen.raw).toBe(
    "up prod: 1 tenant\n  ✓ acme                 1 created, 0 unchanged  1.0 s\n\n  1 changed  1.0 s\n",
  );
});
