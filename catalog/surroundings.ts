/** What the catalog tells of a tenant's environment. Addresses are without a slash at the end. */
export interface Surroundings {
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
  /** Where the tenant's database is. */
  readonly database: { readonly host: string; readonly port: number };
  /** Keycloak's address. */
  readonly identityUrl: string;
  /** Where the tenant's repositories are; undefined: it has none there. */
  readonly sourceControl?: SourceControlPlace | undefined;
  /** The tenant's workspaces in Terraform Cloud; undefined: it has none there. */
  readonly delivery?: DeliveryPlace | undefined;
}

export interface SourceControlPlace {
  readonly system: "gitea" | "github";
  readonly url: string;
  readonly organization: string;
  readonly repositories: readonly CatalogRepository[];
}

/** What the catalog says of a repository. */
export interface CatalogRepository {
  readonly name: string;
  readonly description?: string;
  readonly topics?: readonly string[];
  readonly archived?: boolean;
  /** Default: main. */
  readonly defaultBranch?: string;
  /** What teams may do in it, by their ids: `admin`, `maintain`, `write` or less. */
  readonly teams?: Readonly<Record<string, string>>;
}

export interface DeliveryPlace {
  readonly url: string;
  readonly organization: string;
  readonly workspaces: readonly {
    /** The tenant's environment that it is for. */
    readonly environment: string;
    readonly name: string;
    /** The repository with its code: one of the tenant's by name, or `owner/name`. */
    readonly repository?: string | undefined;
  }[];
}
