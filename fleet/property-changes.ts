import { isDeepStrictEqual } from "node:util";
import { unknownValue } from "../providers/serve.ts";
import type { StepMetadata } from "./engine-events.ts";

/** One property of a resource that changes. Secrets and values not known yet are already masked. */
export interface PropertyChange {
  /** As Pulumi writes paths: `securityDefenses.bruteForceDetection.maxLoginFailures`, `tables.applications[0]`. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Marks a secret in Pulumi's JSON (sdk/go/common/resource/properties.go, SigKey). */
const signature = "4dabf18193072939515e22adb298388d";

/** What changes in a step, property by property, from the provider's own diff where it gave one, else from the inputs. */
export function propertyChanges({ old, new: next, detailedDiff }: StepMetadata): PropertyChange[] {
  const oldInputs = withoutInternals(old?.inputs);
  const newInputs = withoutInternals(next?.inputs);
  const paths = Object.entries(detailedDiff ?? {});
  if (paths.length === 0) return [...leafChanges("", oldInputs, newInputs)];
  return paths.flatMap(([path, { inputDiff }]) => {
    const from = valueAt(inputDiff ? oldInputs : withoutInternals(old?.outputs), path);
    return [...leafChanges(path, from, valueAt(newInputs, path))];
  });
}

/** Replaces secrets and unknown values, at any depth, by words. */
export function mask(value: unknown): unknown {
  if (value === unknownValue) return "(known after the change)";
  if (Array.isArray(value)) return value.map(mask);
  if (!isMap(value)) return value;
  if (isSecret(value)) return "(secret)";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
}

function* leafChanges(path: string, from: unknown, to: unknown): Generator<PropertyChange> {
  if (isDeepStrictEqual(from, to)) return;
  if (isMap(from) && isMap(to) && !isSecret(from) && !isSecret(to)) {
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      yield* leafChanges(path === "" ? key : `${path}.${key}`, from[key], to[key]);
    }
    return;
  }
  if (isListOfMaps(from) && isListOfMaps(to)) {
    for (let index = 0; index < Math.max(from.length, to.length); index += 1)
      yield* leafChanges(`${path}[${index}]`, from[index], to[index]);
    return;
  }
  yield { path, from: mask(from), to: mask(to) };
}

/** Of such a list, a change of one value is told by itself. A list of plain values is told as a whole. */
function isListOfMaps(value: unknown): value is readonly Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isMap);
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const [, quoted, index, name] of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    // What is inside a secret is one.
    if (isSecret(at)) return at;
    if (index !== undefined) at = Array.isArray(at) ? (at as unknown[])[Number(index)] : undefined;
    else at = isMap(at) ? at[quoted ?? name ?? ""] : undefined;
  }
  return at;
}

/** A dynamic resource's own code and Pulumi's bookkeeping are not what its user wrote. */
function withoutInternals(properties: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties ?? {}).filter(([key]) => !key.startsWith("__")));
}

function isSecret(value: unknown): boolean {
  return isMap(value) && signature in value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
