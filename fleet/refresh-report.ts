import { isDeepStrictEqual } from "node:util";
import type { EngineEvent, StepMetadata } from "./engine-events.ts";
import { isProvider, type StackState } from "./stack-state.ts";
import { resourceType, StackReport } from "./stack-report.ts";

/** Hears an engine that refreshes many stacks as one, and tells what would bring each of them back to what was deployed. */
export class RefreshReport {
  readonly #stacks: ReadonlyMap<string, Stack>;

  /** @param onStack is called when a stack's first resource is looked at, and when its last one was */
  constructor(
    states: ReadonlyMap<string, StackState>,
    onStack: (stack: string, phase: "started" | "done") => void,
  ) {
    this.#stacks = new Map(
      [...states].map(([stack, state]) => [stack, new Stack(state, (phase) => onStack(stack, phase))]),
    );
  }

  add(event: EngineEvent): void {
    const urn =
      event.resourcePreEvent?.metadata.urn ??
      event.resOutputsEvent?.metadata.urn ??
      event.diagnosticEvent?.urn;
    this.#stacks.get(stackOf(urn ?? "") ?? "")?.add(event);
  }

  /** Undefined: not all of the stack was looked at. */
  of(stack: string): StackReport | undefined {
    return this.#stacks.get(stack)?.report();
  }
}

/** What was heard of one stack. */
class Stack {
  readonly #awaited: Set<string>;
  readonly #order: ReadonlyMap<string, number>;
  readonly #found: StepMetadata[] = [];
  readonly #said: EngineEvent[] = [];
  readonly #onPhase: (phase: "started" | "done") => void;
  #started = false;
  #same = 0;

  constructor({ resources }: StackState, onPhase: (phase: "started" | "done") => void) {
    const urns = (resources ?? []).filter((resource) => !isProvider(resource)).map(({ urn }) => urn);
    this.#awaited = new Set(urns);
    this.#order = new Map(urns.map((urn, index) => [urn, index]));
    this.#onPhase = onPhase;
  }

  add({ resourcePreEvent, resOutputsEvent, ...event }: EngineEvent): void {
    if (resourcePreEvent && !this.#started) {
      this.#started = true;
      this.#onPhase("started");
    }
    if (resOutputsEvent) this.#see(resOutputsEvent.metadata);
    const { diagnosticEvent } = event;
    if (diagnosticEvent?.urn === undefined) return;
    this.#said.push(event);
    if (diagnosticEvent.severity === "error") this.#settle(diagnosticEvent.urn);
  }

  report(): StackReport | undefined {
    if (this.#awaited.size > 0) return undefined;
    const report = new StackReport();
    const place = ({ urn }: StepMetadata): number => this.#order.get(urn) ?? 0;
    for (const metadata of this.#found.sort((a, b) => place(a) - place(b)))
      report.add({ timestamp: 0, resOutputsEvent: { metadata } });
    for (const event of this.#said) report.add(event);
    report.add({ timestamp: 0, summaryEvent: { resourceChanges: { same: this.#same } } });
    return report;
  }

  #see(metadata: StepMetadata): void {
    if (!this.#awaited.has(metadata.urn)) return;
    const wanted = wantedBy(metadata);
    if (wanted === undefined) this.#same += 1;
    else this.#found.push(wanted);
    this.#settle(metadata.urn);
  }

  #settle(urn: string): void {
    if (this.#awaited.delete(urn) && this.#awaited.size === 0) this.#onPhase("done");
  }
}

/** The step that takes back what a refresh found. A refresh tells it the other way round: what it found is its new state. */
function wantedBy(metadata: StepMetadata): StepMetadata | undefined {
  const { op, old, new: found, detailedDiff } = metadata;
  if (op === "delete") return { ...metadata, op: "create", old: undefined, new: old };
  if (op !== "update") return undefined;
  // What the file doesn't speak of can differ all the same, such as a role's right to make databases.
  const told = Object.keys(detailedDiff ?? {}).length > 0 || !isDeepStrictEqual(old?.inputs, found?.inputs);
  return { ...metadata, old: told ? found : outputsOf(found), new: told ? old : outputsOf(old) };
}

function outputsOf(state: StepMetadata["old"]): StepMetadata["old"] {
  return state && { ...state, inputs: state.outputs };
}

/** The stack in a URN; undefined for a provider, which may serve several. */
function stackOf(urn: string): string | undefined {
  if (isProvider({ type: resourceType(urn) })) return undefined;
  return /^urn:pulumi:([^:]+)::/.exec(urn)?.[1];
}
