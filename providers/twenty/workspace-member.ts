import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "twenty", type: "WorkspaceMember", outputs: ["status"] };

export interface WorkspaceMemberArgs {
  /** With what they sign in to Twenty. A change withdraws the old address's access. */
  readonly email: pulumi.Input<string>;
  /** `false` ends their membership and withdraws an invitation. Default: true, which lets them join. */
  readonly enabled?: pulumi.Input<boolean>;
  /**
   * Be responsible for somebody who is in the workspace, or invited, before this resource is there. Without it that is
   * refused, because leaving would take their access. Default: false.
   */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * Somebody's access to the workspace, as far as Twenty's public API goes: an API key can't invite anybody (Twenty wants
 * a signed-in member as the sender), so they join by an invitation that a member sends, by single sign-on or by the
 * workspace's link. What this resource does is to say how far they are, and to take access away, also from an
 * invitation under way, when they leave or are disabled. Its `id` is the address in lower case.
 */
export class WorkspaceMember extends DynamicResource {
  /** How far they were when last looked at: nobody invited them (`absent`), `invited`, or `member`. */
  declare readonly status: pulumi.Output<"absent" | "invited" | "member">;

  constructor(name: string, args: WorkspaceMemberArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
