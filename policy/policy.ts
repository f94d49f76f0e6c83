import { z } from "zod";
import type { PolicyName } from "../schema/policy-names.ts";
import type { Resource, Subject } from "./resource.ts";

/** What is asked of resources, and what people read about it. */
export interface Policy {
  readonly name: PolicyName;
  /** The system that it is about, as people call it. Undefined: all of them. */
  readonly system: string | undefined;
  /** mandatory: nothing is changed while it is violated. advisory: a warning. */
  readonly severity: "mandatory" | "advisory";
  /** What must be so, as a clause: "nobody registers by themselves". */
  readonly demand: string;
  /** Why, as a sentence. */
  readonly reason: string;
  /** What to do, in terms of the tenant's file where it has a field for it, as a clause without full stop. */
  readonly remedy: string;
  /** What is wrong with a resource, each as a clause. Empty: nothing, or it isn't about such a resource. */
  readonly examine: (resource: Resource, tenant: Subject) => readonly string[];
}

interface Definition<Shape extends z.ZodRawShape> extends Omit<Policy, "examine" | "system"> {
  readonly system?: string;
  /** The type tokens of the resources that it is about. Default: all. */
  readonly types?: readonly string[];
  /** The inputs that it looks at. While a preview doesn't know one of them, nothing is said. */
  readonly inputs: Shape;
  readonly check: (
    inputs: z.output<z.ZodObject<Shape>>,
    resource: Resource,
    tenant: Subject,
  ) => readonly (string | false | undefined)[];
}

/** Makes a policy. Inputs that don't have the expected form violate it: what can't be understood isn't let through. */
export function policy<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Policy {
  const { types, inputs, check, system, ...texts } = definition;
  const shape = z.object(inputs);
  const examine: Policy["examine"] = (resource, tenant) => {
    if (types !== undefined && !types.includes(resource.type)) return [];
    if (Object.keys(inputs).some((key) => resource.unknown.has(key))) return [];
    const parsed = shape.safeParse(resource.inputs);
    if (parsed.success)
      return check(parsed.data, resource, tenant).filter((each) => typeof each === "string");
    const paths = parsed.error.issues.map(({ path }) => path.join("."));
    return [`${[...new Set(paths)].join(", ")} can't be understood`];
  };
  return { ...texts, system, examine };
}
