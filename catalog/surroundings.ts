/** What the catalog tells of a tenant's environment. Addresses are without a slash at the end. */
export interface Surroundings {
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
  /** Where the tenant's database is. */
  readonly database: { readonly host: string; readonly port: number };
  /** Keycloak's address. */
  readonly identityUrl: string;
  /** The address of the system that repositories are in; undefined: the environment does without. */
  readonly sourceControlUrl?: string | undefined;
}
