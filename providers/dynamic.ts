import * as pulumi from "@pulumi/pulumi";
import { stub } from "./stub.ts";

/** A kind of dynamic resource: one constant per resource class. */
export interface Kind {
  /** The system, as in `pulumi-nodejs:dynamic/postgresql:Login`. It is part of every URN: choose once. */
  readonly module: string;
  /** The resource's name in that system: `Login`. */
  readonly type: string;
  /** Outputs that the provider adds to the inputs. */
  readonly outputs: readonly string[];
  /** Those of them that are secrets. */
  readonly secretOutputs?: readonly string[];
}

/**
 * A resource whose provider is ours. This is what `pulumi.dynamic.Resource` makes, with the provider's code written
 * down instead of serialized from a closure: that needs the TypeScript compiler at run time and its result differs
 * between versions of Pulumi.
 */
export abstract class DynamicResource extends pulumi.CustomResource {
  constructor(kind: Kind, name: string, args: object, options?: pulumi.CustomResourceOptions) {
    const outputs = Object.fromEntries(kind.outputs.map((key) => [key, undefined]));
    super(
      `pulumi-nodejs:dynamic/${kind.module}:${kind.type}`,
      name,
      { ...outputs, ...args, __provider: stub(`${kind.module}/${kind.type}`) },
      pulumi.mergeOptions(options, { additionalSecretOutputs: [...(kind.secretOutputs ?? [])] }),
    );
  }
}
