import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = {
  module: "postgresql",
  type: "Login",
  outputs: ["oid", "password"],
  secretOutputs: ["password"],
};

export interface LoginArgs {
  /** The tenant's id. It is noted on the role, so that Tenantry knows its own roles from others. */
  readonly tenant: pulumi.Input<string>;
  /** The tenant's database, where the owner takes over what the login leaves behind. */
  readonly database: pulumi.Input<string>;
  /** The role's name. */
  readonly name: pulumi.Input<string>;
  /** The one role whose rights this login has. */
  readonly group: pulumi.Input<string>;
  /** When the password stops working, as an ISO 8601 time. Default: never. */
  readonly validUntil?: pulumi.Input<string> | undefined;
  /** `false` ends sessions and refuses new ones, and keeps everything else. Default: `true`. */
  readonly enabled?: pulumi.Input<boolean>;
  /** How many connections it may have at once; -1: any number. Default: -1. */
  readonly connectionLimit?: pulumi.Input<number>;
  /** Any text. A new text makes a new password and ends open sessions. */
  readonly rotation?: pulumi.Input<string> | undefined;
}

/**
 * One person's login role, with a password that is made here.
 *
 * Not the official plugin's `Role`, because that sends the password in clear text inside `CREATE ROLE`, where a failing
 * statement leaves it in the server's log, and because a person's leaving means to end sessions and hand over what
 * they own in the tenant's database, which the plugin does in the administrator's database only.
 */
export class Login extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  /** The password, a secret. */
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: LoginArgs, options?: pulumi.CustomResourceOptions) {
    const comment = pulumi.output(tenant).apply(markOf);
    super(kind, name, { enabled: true, connectionLimit: -1, attributes: [], ...args, comment }, options);
  }
}
