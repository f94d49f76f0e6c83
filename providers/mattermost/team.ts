import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = { module: "mattermost", type: "Team", outputs: [] };

export interface TeamArgs {
  /** The tenant's id. It is noted on the team, so that Tenantry knows its own teams from others. */
  readonly tenant: pulumi.Input<string>;
  /** The name in addresses, unique on the server: 2 to 64 of a-z, 0-9 and -, a letter first. */
  readonly name: pulumi.Input<string>;
  /** The name that people see, up to 64 characters. */
  readonly displayName: pulumi.Input<string>;
  /** Default: none. */
  readonly description?: pulumi.Input<string>;
  /** Take over a team of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A team that people are in only by being added. Its `id` is the server's. Deleting archives it, or removes it with its
 * messages where the server lets the API do that; a team of ours that was archived comes back on create.
 */
export class Team extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: TeamArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
