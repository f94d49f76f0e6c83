import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = {
  module: "tfe",
  type: "Notification",
  outputs: [],
  secretOutputs: ["token", "url"],
};

export interface NotificationArgs {
  /** The id of the workspace whose runs it tells of. */
  readonly workspace: pulumi.Input<string>;
  /** No other notification of the workspace that is made here has it. */
  readonly name: pulumi.Input<string>;
  /** Where it posts to. It may hold a credential, so it is kept as a secret. */
  readonly url: pulumi.Input<string>;
  /** What its posts are signed with (HMAC-SHA512, in `X-TFE-Notification-Signature`): a secret. */
  readonly token: pulumi.Input<string>;
  /** `run:completed`, `run:errored`, … */
  readonly triggers: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
}

/**
 * A notification configuration of a workspace, a webhook. Not the provider's own kind: that one repeats its POST after a
 * lost answer, and Terraform Cloud makes a second one without a word. Its `id` is the server's.
 */
export class Notification extends DynamicResource {
  constructor(name: string, args: NotificationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, url: pulumi.secret(args.url), token: pulumi.secret(args.token) }, options);
  }
}
