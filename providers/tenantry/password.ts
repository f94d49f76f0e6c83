import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = {
  module: "tenantry",
  type: "Password",
  outputs: ["password"],
  secretOutputs: ["password"],
};

export interface PasswordArgs {
  /** How many characters, 12 to 128. A change takes effect at the next rotation. Default: 24. */
  readonly length?: pulumi.Input<number>;
  /** Any text. A new text makes a new password. */
  readonly rotation?: pulumi.Input<string>;
}

/** A random password, generated once. It changes only when `rotation` does. */
export class Password extends DynamicResource {
  /** The password, a secret. */
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, args: PasswordArgs = {}, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { length: 24, ...args }, options);
  }
}
