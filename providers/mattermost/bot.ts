import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = {
  module: "mattermost",
  type: "Bot",
  outputs: ["tokenId", "token"],
  secretOutputs: ["token"],
};

export interface BotArgs {
  /** The tenant's id. It is noted on the bot, so that Tenantry knows its own bots from others. */
  readonly tenant: pulumi.Input<string>;
  /** Unique on the server, among people too: 3 to 64 of a-z, 0-9, ., - and _, a letter first. */
  readonly username: pulumi.Input<string>;
  /** The name that people see. */
  readonly displayName: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** `false` shuts it out and keeps everything else, its token too. Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
  /** Any text. A new text makes a new token and revokes the old one. */
  readonly rotation?: pulumi.Input<string> | undefined;
  /** Take over a bot of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A bot with an access token. Its `id` is the user's id that members are made with: it can post where it is a
 * `TeamMember` and a `ChannelMember`. Deleting disables it and revokes its token.
 */
export class Bot extends DynamicResource {
  declare readonly username: pulumi.Output<string>;
  /** The access token, a secret. */
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: BotArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
