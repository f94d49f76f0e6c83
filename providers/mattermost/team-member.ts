import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "mattermost", type: "TeamMember", outputs: [] };

export interface TeamMemberArgs {
  /** The team's id. */
  readonly team: pulumi.Input<string>;
  /** The id of a user, or of a bot. */
  readonly user: pulumi.Input<string>;
  /** Default: member. */
  readonly role?: pulumi.Input<"member" | "admin">;
}

/** Somebody's place in a team. Its `id` is `<team>/<user>`. Leaving a team leaves its channels. */
export class TeamMember extends DynamicResource {
  constructor(name: string, args: TeamMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
