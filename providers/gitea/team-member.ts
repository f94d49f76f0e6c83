import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "gitea", type: "TeamMember", outputs: [] };

export interface TeamMemberArgs {
  /** The team's id. */
  readonly team: pulumi.Input<string>;
  /** The person's account name. */
  readonly username: pulumi.Input<string>;
}

/** A person's place in a team, and with it in the organization. Its `id` is `<team>/<username>`. */
export class TeamMember extends DynamicResource {
  constructor(name: string, args: TeamMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
