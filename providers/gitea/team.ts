import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "gitea", type: "Team", outputs: [] };

export interface TeamArgs {
  /** The organization's name. */
  readonly organization: pulumi.Input<string>;
  /** Unique in the organization: letters, digits, ., - and _. Not `Owners`, which every organization has. */
  readonly name: pulumi.Input<string>;
  /** Up to 255 characters. Default: none. */
  readonly description?: pulumi.Input<string>;
  /** What its members may do in its repositories: code, issues, wiki and all. Default: `read`. */
  readonly permission?: pulumi.Input<"read" | "write" | "admin">;
  /** Whether it reaches every repository of the organization, later ones too. Default: false. */
  readonly allRepositories?: pulumi.Input<boolean>;
  /** Whether its members may make repositories in the organization. Default: false. */
  readonly createRepositories?: pulumi.Input<boolean>;
  /** The names of all repositories it reaches; with `allRepositories` it means nothing. Default: none. */
  readonly repositories?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Takes over a team of this name that is in use already. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A team of an organization; its `id` is the server's. Members are {@link TeamMember}s. */
export class Team extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: TeamArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
