import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = { module: "gitea", type: "User", outputs: ["password"], secretOutputs: ["password"] };

export interface UserArgs {
  /** The tenant's id. It is noted on the account where only administrators see it. */
  readonly tenant: pulumi.Input<string>;
  /** Unique on the server, among organizations too: up to 40 letters, digits, ., - and _. Another name is another account. */
  readonly username: pulumi.Input<string>;
  /** Unique on the server. It counts as verified. */
  readonly email: pulumi.Input<string>;
  /** Up to 100 characters. */
  readonly fullName: pulumi.Input<string>;
  /** `false` refuses every way in (password, token, key) and keeps everything else. Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
  /** Whether they administer the whole server. Default: false. */
  readonly admin?: pulumi.Input<boolean>;
  /** Whether they see only what they were given access to, not all that is public on the server. Default: true. */
  readonly restricted?: pulumi.Input<boolean>;
  /**
   * Any text. A new text sets a new password and takes access tokens away. Browsers that are signed in stay so for as
   * long as the server keeps sessions, a day unused by default: no call of Gitea's ends them, but `enabled: false`
   * shuts them out.
   */
  readonly rotation?: pulumi.Input<string> | undefined;
  /** Takes over an account of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A person's account; its `id` is the server's. Deleted it is gone, unless the person owns repositories: then it stays
 * without any way in, and comes back whole when it is made again.
 */
export class User extends DynamicResource {
  declare readonly username: pulumi.Output<string>;
  /** The password that was set last, a secret. The first one has to be changed at the first sign-in. */
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: UserArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
