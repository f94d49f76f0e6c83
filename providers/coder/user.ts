import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "coder", type: "User", outputs: ["password"], secretOutputs: ["password"] };

export interface UserArgs {
  /** The tenant's id. */
  readonly tenant: pulumi.Input<string>;
  /** Letters, digits and single hyphens, at most 32 characters: `acme-jane-doe`. */
  readonly username: pulumi.Input<string>;
  /** Coder lets nobody change it later, the identity provider excepted. */
  readonly email: pulumi.Input<string>;
  /** The person's name. */
  readonly name: pulumi.Input<string>;
  /** Every role on the whole server that the account has, such as `template-admin`. Default: none but member. */
  readonly roles?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** How the person signs in; `oidc` needs a server that has an identity provider. It can't change later. Default: `password`. */
  readonly loginType?: pulumi.Input<"password" | "oidc">;
  /** The name of the organization that the account is made in. Default: the server's own. */
  readonly organization?: pulumi.Input<string> | undefined;
  /** `false` suspends: sign-in is refused, sessions end, workspaces stay. Default: `true`. */
  readonly enabled?: pulumi.Input<boolean>;
  /** Any text. A new text sets a new password and ends sessions. */
  readonly rotation?: pulumi.Input<string> | undefined;
  /** Takes over an account of this name that exists already. Default: `false`. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A person's account on Coder. Removed, it is suspended and keeps what it has; made again, it is activated. */
export class User extends DynamicResource {
  declare readonly username: pulumi.Output<string>;
  /** The password that was set last, a secret. With `oidc` there is none. */
  declare readonly password: pulumi.Output<string | undefined>;

  constructor(name: string, args: UserArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { roles: [], loginType: "password", enabled: true, adopt: false, ...args }, options);
  }
}
