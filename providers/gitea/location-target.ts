import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "gitea", type: "LocationTarget", outputs: [] };

export interface LocationTargetArgs {
  /** The tenant's id, which the commit's message names. */
  readonly tenant: pulumi.Input<string>;
  /** The repository, as `organization/name`. */
  readonly repository: pulumi.Input<string>;
  /** The file that holds the Location, from the repository's top, without a leading slash. */
  readonly path: pulumi.Input<string>;
  /** Default: the repository's default branch. */
  readonly branch?: pulumi.Input<string> | undefined;
  /** What the Location is to lead to: `./tenants/acme.yaml`. */
  readonly target: pulumi.Input<string>;
}

/**
 * One target of a Location of Backstage's catalog. Others have theirs in the same file: only this one is added and
 * removed. The file is made with the first of them. Its `id` is `<organization>/<name>/<path> <target>`.
 */
export class LocationTarget extends DynamicResource {
  constructor(name: string, args: LocationTargetArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
