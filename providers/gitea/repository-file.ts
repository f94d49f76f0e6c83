import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "gitea", type: "RepositoryFile", outputs: ["sha"] };

export interface RepositoryFileArgs {
  /** The tenant's id, which the commit's message names. */
  readonly tenant: pulumi.Input<string>;
  /** The repository, as `organization/name`. */
  readonly repository: pulumi.Input<string>;
  /** From the repository's top, without a leading slash: `.gitea/workflows/build.yaml`. */
  readonly path: pulumi.Input<string>;
  /** Everything in it, as text. */
  readonly content: pulumi.Input<string>;
  /** Default: the repository's default branch. */
  readonly branch?: pulumi.Input<string> | undefined;
  /** The commits' message. Default: what was done to which file, for which tenant. */
  readonly message?: pulumi.Input<string> | undefined;
}

/**
 * A file that is kept as declared, a commit a change. One that is there already is changed: its history keeps what it
 * was. Its `id` is `<organization>/<name>/<path>`, with `?<branch>` where one is given.
 */
export class RepositoryFile extends DynamicResource {
  /** Git's name of the content. */
  declare readonly sha: pulumi.Output<string>;

  constructor(name: string, args: RepositoryFileArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
