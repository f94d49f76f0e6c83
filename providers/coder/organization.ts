import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "coder", type: "Organization", outputs: [] };

export interface OrganizationArgs {
  /** The tenant's id. It is noted at the end of the description, so that Tenantry knows its own organizations. */
  readonly tenant: pulumi.Input<string>;
  /** Letters, digits and single hyphens, at most 32 characters: `acme`. */
  readonly name: pulumi.Input<string>;
  /** At most 64 characters. Default: the name. */
  readonly displayName?: pulumi.Input<string> | undefined;
  /** Default: none. */
  readonly description?: pulumi.Input<string>;
  /** Takes over an organization of this name that exists already. Default: `false`. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** An organization of its own. Only servers with a licence have more than one: ask `requireCoderFeature` first. */
export class Organization extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: OrganizationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { description: "", adopt: false, ...args }, options);
  }
}
