import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = {
  module: "mattermost",
  type: "IncomingWebhook",
  outputs: ["url"],
  secretOutputs: ["url"],
};

export interface IncomingWebhookArgs {
  /** The tenant's id. It is noted on the webhook, so that Tenantry knows its own webhooks from others. */
  readonly tenant: pulumi.Input<string>;
  /** The id of the channel that it posts to. */
  readonly channel: pulumi.Input<string>;
  /** The name in the server's list, unique among the channel's webhooks of this tenant. */
  readonly displayName: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Whom posts seem to come from, where the server allows that. Default: whoever made the webhook. */
  readonly username?: pulumi.Input<string> | undefined;
  /** Whether it posts to its channel only. Default: true. */
  readonly locked?: pulumi.Input<boolean>;
}

/**
 * An address that whoever knows it can post to. The address is the credential; because the server's id of a webhook is
 * part of it, the resource's `id` is a digest of that.
 */
export class IncomingWebhook extends DynamicResource {
  /** Where to post, a secret. */
  declare readonly url: pulumi.Output<string>;

  constructor(
    name: string,
    { tenant, ...args }: IncomingWebhookArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
