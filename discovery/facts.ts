/** What was read of a GitHub repository. */
export interface Repository {
  /** `finance-platform`. */
  readonly name: string;
  /** With its organization: `acme/finance-platform`. */
  readonly fullName: string;
  readonly url: string;
  readonly description: string | undefined;
  readonly topics: readonly string[];
  readonly archived: boolean;
  /** Shut by GitHub itself. */
  readonly disabled: boolean;
  readonly fork: boolean;
  /** Marked as one that others are made from. */
  readonly template: boolean;
  /** Paths of files on the default branch; none where it wasn't looked. */
  readonly files: readonly string[];
  /** The text of its Backstage entities, where it has some. */
  readonly catalogInfo: { readonly path: string; readonly text: string } | undefined;
}

/** What was read of a Terraform Cloud workspace. */
export interface Workspace {
  /** `ws-…`. */
  readonly id: string;
  readonly name: string;
  /** With its organization: `acme/finance-prod`. */
  readonly fullName: string;
  readonly tags: readonly string[];
  /** The repository that it runs, `acme/finance-platform`, where it is linked to one. */
  readonly repository: string | undefined;
  /** Outputs of its current state that are texts and no secrets, of those that discovery knows by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Something that wanted reading and couldn't be: what there is to find may be more than what was found. */
export interface Unread {
  /** `acme/finance-platform: files`. */
  readonly what: string;
  readonly why: string;
}

/** What detection looks at. */
export interface Facts {
  readonly repositories: readonly Repository[];
  readonly workspaces: readonly Workspace[];
  readonly unread: readonly Unread[];
}

/** A repository with the workspaces that run it. */
export interface Subject {
  /** Undefined: a workspace that runs no repository of the organization. */
  readonly repository: Repository | undefined;
  readonly workspaces: readonly Workspace[];
}
