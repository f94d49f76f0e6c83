import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "mattermost", type: "ChannelMember", outputs: [] };

export interface ChannelMemberArgs {
  /** The channel's id. */
  readonly channel: pulumi.Input<string>;
  /** The id of a user, or of a bot, who is in the channel's team: depend on their `TeamMember`. */
  readonly user: pulumi.Input<string>;
  /** Default: member. */
  readonly role?: pulumi.Input<"member" | "admin">;
  /**
   * Whether the account is enabled. Mattermost adds nobody whose account isn't, so with `false` nothing is done until it
   * is `true`; who is in already stays. Default: true.
   */
  readonly enabled?: pulumi.Input<boolean>;
}

/** Somebody's place in a channel. Its `id` is `<channel>/<user>`. */
export class ChannelMember extends DynamicResource {
  constructor(name: string, args: ChannelMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
