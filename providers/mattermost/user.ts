import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import type { SignInService } from "./capability.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = {
  module: "mattermost",
  type: "User",
  outputs: ["password"],
  secretOutputs: ["password"],
};

/** A sign-in by another system, instead of a password here. */
export interface SignIn {
  /** What the server calls the service. It must be on there: see `requireSignIn` in capability.ts. */
  readonly service: pulumi.Input<SignInService>;
  /**
   * What that service calls the person: for `openid` the `sub` of their tokens, for `gitlab` a number. It can't be read
   * back, so a change of it by hand isn't seen.
   */
  readonly subject: pulumi.Input<string>;
}

export interface UserArgs {
  /** The tenant's id. It is noted on the account, so that Tenantry knows its own accounts from others. */
  readonly tenant: pulumi.Input<string>;
  /** Unique on the server: 3 to 64 of a-z, 0-9, ., - and _, a letter first. */
  readonly username: pulumi.Input<string>;
  /** Unique on the server. It counts as verified. */
  readonly email: pulumi.Input<string>;
  readonly firstName: pulumi.Input<string>;
  readonly lastName: pulumi.Input<string>;
  /** `false` ends sessions and refuses new ones, and keeps everything else. Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
  /** Whether they administer the whole server. Default: false. */
  readonly systemAdmin?: pulumi.Input<boolean>;
  /** Default: by a password that is made here. */
  readonly signIn?: pulumi.Input<SignIn> | undefined;
  /** Any text. A new text sets a new password and ends sessions. */
  readonly rotation?: pulumi.Input<string> | undefined;
  /** Take over an account of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A person's account. Its `id` is the server's. Deleting deactivates it and ends what it was signed in with: what they
 * wrote stays. Coming back under the same name reactivates it, with a new password.
 */
export class User extends DynamicResource {
  declare readonly username: pulumi.Output<string>;
  /** The password, a secret; none with `signIn`. */
  declare readonly password: pulumi.Output<string | undefined>;

  constructor(name: string, { tenant, ...args }: UserArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
