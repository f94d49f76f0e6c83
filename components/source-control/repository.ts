import type { Input, Output } from "@pulumi/pulumi";

/** What a team may do with a repository. */
export type Permission = "read" | "triage" | "write" | "maintain" | "admin";

/** A repository of a tenant's organization. */
export interface SourceRepository {
  /** Another name is another repository. */
  readonly name: string;
  readonly description?: string;
  /** public: everyone with an account on the server may read it. Default: private. */
  readonly visibility?: "private" | "public";
  /** The repository whose files it starts with, `owner/name`. Default: a first commit and nothing else. */
  readonly template?: string | undefined;
  /** Default: main. */
  readonly defaultBranch?: string;
  readonly topics?: readonly string[];
  /** Colours are `#rrggbb`. */
  readonly labels?: readonly {
    readonly name: string;
    readonly color: string;
    readonly description?: string;
  }[];
  /** Default: false. */
  readonly archived?: boolean;
  /** Changes come by pull request. Default: they come as they like. */
  readonly protect?: BranchRules | undefined;
  /** What the tenant's teams may do, by their ids. Roles have their access anyway. */
  readonly teams?: Readonly<Record<string, Permission>>;
  /** Files that are kept as they are here. */
  readonly files?: readonly { readonly path: string; readonly content: Input<string> }[];
  readonly webhooks?: readonly SourceWebhook[];
  readonly deployKeys?: readonly {
    readonly title: string;
    readonly key: string;
    readonly readOnly?: boolean;
  }[];
  /** What workflows of GitHub Actions read, by name. */
  readonly actions?: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly secrets?: Readonly<Record<string, string>>;
  };
}

export interface BranchRules {
  /** Default: the default branch. */
  readonly branch?: string | undefined;
  /** How many people must approve. */
  readonly approvals: number;
  /** Checks that must pass. */
  readonly statusChecks: readonly string[];
}

export interface SourceWebhook {
  readonly url: string;
  readonly events: readonly string[];
  readonly contentType?: "json" | "form";
  readonly active?: boolean;
  /** Any text. A new text makes a new secret. */
  readonly rotation?: string | undefined;
}

/** What it takes to work with a repository. */
export interface RepositoryAccess {
  /** Its page. */
  readonly url: Output<string>;
  /** What `git clone` takes. */
  readonly clone: Output<string>;
  readonly cloneBySsh: Output<string>;
  /** What signs what is sent, by the address that it is sent to. Secrets. */
  readonly webhookSecrets?: Readonly<Record<string, Output<string>>>;
}
