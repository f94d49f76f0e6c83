import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "coder", type: "Group", outputs: [] };

export interface GroupArgs {
  /** The tenant's id. */
  readonly tenant: pulumi.Input<string>;
  /** Letters, digits and single hyphens: `acme-payments`. */
  readonly name: pulumi.Input<string>;
  /** At most 64 characters. Default: none. */
  readonly displayName?: pulumi.Input<string> | undefined;
  /** The ids of all its members. */
  readonly members: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The organization's name. Default: the server's own. */
  readonly organization?: pulumi.Input<string> | undefined;
  /** Takes over a group of this name that exists already. Default: `false`. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A group of accounts. Only servers with a licence have them: ask `requireCoderFeature` first. */
export class Group extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: GroupArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { displayName: "", adopt: false, ...args }, options);
  }
}
