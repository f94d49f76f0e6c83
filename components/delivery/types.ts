import type { Input, Output } from "@pulumi/pulumi";

/** A variable of a workspace or of a set. */
export interface DeliveryVariable {
  readonly key: string;
  readonly value: Input<string>;
  /** Nobody gets its value back: a secret. Default: false. */
  readonly sensitive?: boolean;
  /** terraform: an input variable. env: a variable of Terraform's process. Default: terraform. */
  readonly category?: "terraform" | "env";
  /** Whether the value is HCL rather than a text. Default: false. */
  readonly hcl?: boolean;
  readonly description?: string;
}

/** An environment of the tenant: a workspace. */
export interface DeliveryEnvironment {
  /** Another name is another workspace. */
  readonly name: string;
  /** Where its code is, `owner/name`. Default: nowhere; runs come by hand or by API. */
  readonly repository?: string | undefined;
  /** Default: the repository's default branch. */
  readonly branch?: string | undefined;
  /** The folder with its code. Default: the repository's own. */
  readonly workingDirectory?: string;
  readonly terraformVersion: string;
  /** Whether plans are applied without asking. Default: false. */
  readonly autoApply?: boolean;
  /** The environments whose applied runs start one here. */
  readonly after?: readonly string[];
  readonly variables?: readonly DeliveryVariable[];
}

export interface DeliveryVariableSet {
  readonly name: string;
  readonly description?: string;
  /** Who has it. Default: every workspace of the project. */
  readonly environments?: readonly string[] | undefined;
  readonly variables: readonly DeliveryVariable[];
}

export interface DeliveryTeam {
  readonly name: string;
  readonly access: "read" | "write" | "maintain" | "admin";
  readonly ssoTeamId?: string | undefined;
}

export interface DeliveryNotification {
  readonly name: string;
  readonly url: string;
  readonly triggers: readonly string[];
  /** Whose runs it tells of. Default: all. */
  readonly environments?: readonly string[] | undefined;
  readonly enabled?: boolean;
  /** Any text. A new text makes a new secret. */
  readonly rotation?: string | undefined;
}

/** Terraform Cloud's connection to where the code is, by id. */
export type VcsConnection = { readonly githubApp: string } | { readonly oauthToken: string };

/** What it takes to work with a workspace. */
export interface WorkspaceAccess {
  readonly id: Output<string>;
  /** Its page. */
  readonly url: Output<string>;
}
