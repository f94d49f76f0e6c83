import { failureText, parseFailureText } from "../providers/failure-text.ts";
import { Failure } from "../report/failure.ts";
import type { EngineEvent, StepMetadata } from "./engine-events.ts";
import { propertyChanges, type PropertyChange } from "./property-changes.ts";

/** What happens to a resource. A replacement is one change, however many steps the engine takes for it. */
export type Change = "create" | "update" | "replace" | "delete";

export interface ResourceChange {
  readonly change: Change;
  /** Pulumi's type token: `keycloak:index/realm:Realm`. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly urn: string;
  readonly properties: readonly PropertyChange[];
}

/** What the engine or a system said about the run, or about one resource. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The resource it is about; absent when it is about the whole run. */
  readonly urn?: string;
}

/** A resource on its way: announced before, and again when the engine is done with it. */
export interface ResourceStep extends ResourceChange {
  readonly phase: "started" | "done" | "failed";
}

/** The engine's operations that are changes; the others (same, read, refresh, delete-replaced…) are its own affair. */
const changes: Readonly<Record<string, Change>> = {
  create: "create",
  import: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
};

/** Gathers an engine run's events into what a reader wants to know. */
export class StackReport {
  readonly #done = new Map<string, ResourceChange>();
  readonly #diagnostics: Diagnostic[] = [];
  #unchanged = 0;
  #pending = false;
  readonly #onStep: (step: ResourceStep) => void;

  constructor(onStep: (step: ResourceStep) => void = () => undefined) {
    this.#onStep = onStep;
  }

  /** The resources that changed, or would, in the engine's order. */
  get changes(): readonly ResourceChange[] {
    return [...this.#done.values()];
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** How many resources are as they should be. */
  get unchanged(): number {
    return this.#unchanged;
  }

  /** Whether an earlier run was cut off in the middle of a change, and its outcome isn't known. */
  get pendingOperations(): boolean {
    return this.#pending;
  }

  add(event: EngineEvent): void {
    if (event.resourcePreEvent) this.#step("started", event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) this.#finish(event.resOutputsEvent.metadata);
    if (event.resOpFailedEvent) this.#step("failed", event.resOpFailedEvent.metadata);
    if (event.diagnosticEvent) this.#diagnose(event.diagnosticEvent);
    if (event.policyEvent) this.#diagnostics.push(violation(event.policyEvent));
    if (event.summaryEvent) this.#unchanged = event.summaryEvent.resourceChanges["same"] ?? 0;
  }

  #finish(metadata: StepMetadata): void {
    const change = this.#step("done", metadata);
    if (change && !this.#done.has(change.urn)) this.#done.set(change.urn, change);
  }

  #step(phase: ResourceStep["phase"], metadata: StepMetadata): ResourceChange | undefined {
    const change = changes[metadata.op];
    if (change === undefined || metadata.type === "pulumi:pulumi:Stack") return undefined;
    // A component's outputs come as a second event of its own.
    if (phase === "done" && this.#done.has(metadata.urn)) return undefined;
    const { urn, type } = metadata;
    const properties = change === "update" || change === "replace" ? propertyChanges(metadata) : [];
    const described: ResourceChange = { change, type, urn, name: resourceName(urn), properties };
    this.#onStep({ phase, ...described });
    return described;
  }

  #diagnose({
    severity,
    message,
    urn,
  }: {
    severity: string;
    message: string;
    urn?: string | undefined;
  }): void {
    if (/pending operations|interrupted while/.test(message)) {
      // What the engine advises is what we do: see recover.ts.
      this.#pending = true;
      return;
    }
    if (severity !== "error" && severity !== "warning") return;
    const text = message.trim();
    if (isConsequence(text)) return;
    this.#diagnostics.push({ severity, message: text, ...(urn === undefined || urn === "" ? {} : { urn }) });
  }
}

/**
 * What a policy says. Our pack's texts are failures already; those of others become one. What is found before a resource
 * is registered (`policy/look-ahead.ts`) has its URN before the text.
 */
function violation({
  policyPackName,
  policyName,
  message,
  enforcementLevel,
  resourceUrn,
}: NonNullable<EngineEvent["policyEvent"]>): Diagnostic {
  const ours = parseFailureText(message);
  const words = message.replace(/\s+/g, " ").trim();
  const text = ours ?? new Failure("policy-violation", `policy ${policyPackName}/${policyName}: ${words}`);
  const urn = /^urn:pulumi:\S+/m.exec(message)?.[0] ?? resourceUrn;
  return {
    severity: enforcementLevel === "advisory" ? "warning" : "error",
    message: failureText(text),
    ...(urn === undefined ? {} : { urn }),
  };
}

/** The engine closes a failed run, and the program that went on without a resource, with these: the reasons come before. */
function isConsequence(message: string): boolean {
  return /^(?:update|preview|refresh|destroy) (?:failed|canceled)$|failed to register$/m.test(message);
}

/** The last part of a URN: the name that the program gave the resource. */
export function resourceName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The type token in a URN, without those of its parents. */
export function resourceType(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

/** A type token as people say it: `keycloak Realm`, `postgresql Login`. */
export function typeName(token: string): string {
  const [name = token] = token.split(":").slice(-1);
  const owner = token.startsWith("pulumi-nodejs:dynamic/") ? token.split(/[/:]/)[2] : token.split(":")[0];
  return `${owner ?? ""} ${name}`;
}
