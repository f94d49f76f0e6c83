import { z } from "zod";
import { isMap } from "./merge.ts";
import type { Path } from "./problem.ts";

/** The keys that the model knows at a path; empty when there is no map there. */
export function keysAt(model: z.core.$ZodType, path: Path, value: unknown): readonly string[] {
  const here = modelAt(model, path, value);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

/** The part of the model that a path leads to, by the members of unions that the value chose. */
export function modelAt(model: z.core.$ZodType, path: Path, value: unknown): z.core.$ZodType | undefined {
  let current: z.core.$ZodType | undefined = choose(model, value);
  let here = value;
  for (const step of path) {
    here = childOf(here, step);
    if (current instanceof z.ZodObject) current = shapeOf(current)[step];
    else if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodRecord) current = current.valueType;
    else return undefined;
    if (current === undefined) return undefined;
    current = choose(current, here);
  }
  return current;
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) here = childOf(here, step);
  return here;
}

function childOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === "number" ? (value[step] as unknown) : undefined;
  return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function shapeOf(model: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> {
  return model.shape;
}

/** Unwraps optional and defaulted models, and picks the member of a union that a value chose. */
function choose(model: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (model instanceof z.ZodOptional || model instanceof z.ZodDefault || model instanceof z.ZodPrefault) {
    return choose(model.unwrap(), value);
  }
  if (model instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = model.def;
    const chosen = model.options.find(
      (option) =>
        option instanceof z.ZodObject &&
        z.safeParse(option.shape[discriminator] ?? z.never(), childOf(value, discriminator)).success,
    );
    return chosen ?? model;
  }
  if (model instanceof z.ZodUnion) {
    return model.options.find((option) => option instanceof z.ZodObject === isMap(value)) ?? model;
  }
  return model;
}

/** Every key that the model knows, at any depth. */
export function allKeys(model: z.core.$ZodType): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (type: z.core.$ZodType): void => {
    const inner = choose(type, undefined);
    if (inner instanceof z.ZodArray) visit(inner.element);
    else if (inner instanceof z.ZodRecord) visit(inner.valueType);
    else if (inner instanceof z.ZodDiscriminatedUnion) inner.options.forEach(visit);
    else if (inner instanceof z.ZodObject) {
      for (const [key, member] of Object.entries(shapeOf(inner))) {
        keys.add(key);
        visit(member);
      }
    }
  };
  visit(model);
  return keys;
}
