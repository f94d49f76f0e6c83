import { Secret, type ResourceValidationArgs } from "@pulumi/policy";
import { unknownValue } from "../providers/serve.ts";
import type { Resource } from "./resource.ts";

/** What a resource's state will hold beside what policies are shown. */
export type Kept = Pick<Resource, "clear" | "code">;

/** A resource as the engine shows it for validation: secrets in clear, unknown values guarded. */
export function asSent(
  { type, name, urn, props, opts }: ResourceValidationArgs,
  kept: Kept | undefined,
): Resource {
  const inputs: Record<string, unknown> = {};
  const unknown = new Set<string>();
  for (const key of Object.keys(props)) {
    try {
      inputs[key] = copy(props[key]);
    } catch {
      // The guard throws where a preview doesn't know the value yet.
      unknown.add(key);
    }
  }
  return {
    type,
    name,
    urn,
    inputs,
    unknown,
    protect: opts.protect,
    secretOutputs: opts.additionalSecretOutputs,
    clear: kept?.clear ?? new Set(),
    code: kept?.code,
  };
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
}

/**
 * What the state will hold, from what the engine shows for remediation: only there are secrets marked, and is the code of a
 * dynamic resource in it. Both are under two guards, which give what they guard by this name (proxy.js of the SDK); a
 * version of the SDK that has another makes every resource of ours a violation.
 */
export function asWillBeKept(props: unknown): Kept {
  const { __provider: code, ...raw }: Readonly<Record<string, unknown>> = { ...guarded(guarded(props)) };
  return { clear: new Set(clearTexts(raw)), code: typeof code === "string" ? code : undefined };
}

/** The paths of all texts that aren't secrets: `initialPassword.value`. */
export function* clearTexts(value: unknown, path: readonly string[] = []): Generator<string> {
  if (value instanceof Secret || value === unknownValue || value === "") return;
  if (typeof value === "string") yield path.join(".");
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) yield* clearTexts(inner, [...path, key]);
}

function guarded(value: unknown): object {
  const target: unknown = isObject(value) ? Reflect.get(value, "__getSpecialProxyTarget") : undefined;
  return isObject(target) ? target : {};
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
