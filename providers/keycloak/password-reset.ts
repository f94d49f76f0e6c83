import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = {
  module: "keycloak",
  type: "PasswordReset",
  outputs: [],
  secretOutputs: ["password"],
};

export interface PasswordResetArgs {
  /** The realm's name. */
  readonly realm: pulumi.Input<string>;
  /** The account's id in Keycloak. */
  readonly user: pulumi.Input<string>;
  /** The one-time password to set: of a `Password` with the same rotation. */
  readonly password: pulumi.Input<string>;
  /** Any text. A new text sets the password and ends the person's sessions. Without one nothing is done. */
  readonly rotation?: pulumi.Input<string> | undefined;
}

/**
 * A new one-time password for a person's account in a realm: they choose their own at the next sign-in. The official
 * plugin sets a password only when it makes an account.
 *
 * It is an act, not a thing: a refresh looks at nothing, and deleting takes nothing back.
 */
export class PasswordReset extends DynamicResource {
  constructor(name: string, args: PasswordResetArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
