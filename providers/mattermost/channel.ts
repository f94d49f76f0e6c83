import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = { module: "mattermost", type: "Channel", outputs: [] };

export interface ChannelArgs {
  /** The tenant's id. It is noted on the channel, so that Tenantry knows its own channels from others. */
  readonly tenant: pulumi.Input<string>;
  /** The id of its team. */
  readonly team: pulumi.Input<string>;
  /** The name in addresses, unique in the team: up to 64 of a-z, 0-9, - and _. */
  readonly name: pulumi.Input<string>;
  /** The name that people see, up to 64 characters. */
  readonly displayName: pulumi.Input<string>;
  /** Whether everybody in the team may join, or only who is added. Default: private. */
  readonly type?: pulumi.Input<"open" | "private">;
  /** What it is for, up to 250 characters. */
  readonly purpose?: pulumi.Input<string>;
  /** The line above the messages, Markdown, up to 1024 characters. */
  readonly header?: pulumi.Input<string>;
  /** Take over a channel of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A channel of a team. Its `id` is the server's. Deleting archives it; a channel of ours comes back on create. */
export class Channel extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: ChannelArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
