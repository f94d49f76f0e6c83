import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = {
  module: "gitea",
  type: "Repository",
  outputs: ["htmlUrl", "cloneUrl", "sshUrl"],
};

/** A label of issues and pull requests. */
export interface Label {
  readonly name: pulumi.Input<string>;
  /** Six hexadecimal digits, with or without a #: `d73a4a`. */
  readonly color: pulumi.Input<string>;
  /** Default: none. */
  readonly description?: pulumi.Input<string> | undefined;
}

/** Rules for one branch. Only pull requests reach it, and the files that Tenantry keeps there; nobody can overwrite its history. */
export interface BranchProtection {
  /** A branch's name, or a pattern such as `release/*`. */
  readonly branch: pulumi.Input<string>;
  /** How many approvals a pull request needs. Default: 1. */
  readonly approvals?: pulumi.Input<number> | undefined;
  /** Whether commits must be signed. Default: false. */
  readonly requireSignedCommits?: pulumi.Input<boolean> | undefined;
  /** Names of the status checks that must have passed. Default: none. */
  readonly statusChecks?: pulumi.Input<readonly pulumi.Input<string>[]> | undefined;
}

export interface RepositoryArgs {
  /** The organization's name. */
  readonly organization: pulumi.Input<string>;
  /** Unique in the organization: up to 100 letters, digits, ., - and _. Another name is another repository. */
  readonly name: pulumi.Input<string>;
  /** Default: none. */
  readonly description?: pulumi.Input<string>;
  /** Default: true. */
  readonly private?: pulumi.Input<boolean>;
  /** The repository whose files it starts with, as `owner/name`; only used when it is made. Default: a first commit with a README. */
  readonly template?: pulumi.Input<string> | undefined;
  /** Default: `main`. */
  readonly defaultBranch?: pulumi.Input<string>;
  /** Every topic. Default: none. */
  readonly topics?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Every label. Default: none. */
  readonly labels?: pulumi.Input<readonly pulumi.Input<Label>[]>;
  /** Whether it can only be read. Default: false. */
  readonly archived?: pulumi.Input<boolean>;
  /** Default: none. */
  readonly branchProtection?: pulumi.Input<BranchProtection> | undefined;
  /** Takes over a repository of this name that is in use already. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A repository of an organization; its `id` is the server's. Deleting it deletes what is in it. */
export class Repository extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  /** Its page. */
  declare readonly htmlUrl: pulumi.Output<string>;
  /** What `git clone` takes, by HTTP. */
  declare readonly cloneUrl: pulumi.Output<string>;
  /** What `git clone` takes, by SSH. */
  declare readonly sshUrl: pulumi.Output<string>;

  constructor(name: string, args: RepositoryArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
