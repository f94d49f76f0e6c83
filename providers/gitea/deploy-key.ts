import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "gitea", type: "DeployKey", outputs: ["fingerprint"] };

export interface DeployKeyArgs {
  /** The repository, as `organization/name`. */
  readonly repository: pulumi.Input<string>;
  /** Unique in the repository. */
  readonly title: pulumi.Input<string>;
  /** The public key, as in `id_ed25519.pub`. A comment at its end doesn't count. */
  readonly key: pulumi.Input<string>;
  /** Whether it may only fetch. Default: true. */
  readonly readOnly?: pulumi.Input<boolean>;
}

/** An SSH key that opens one repository. Its `id` is the server's. Every change makes it anew. */
export class DeployKey extends DynamicResource {
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  declare readonly fingerprint: pulumi.Output<string>;

  constructor(name: string, args: DeployKeyArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
