import type { Failure } from "../report/failure.ts";
import type { Tenant } from "../schema/tenant.ts";
import type { OptionalServer } from "../stacks/tenant-services.ts";

/** A create that was under way when the engine was killed. */
export interface PendingCreate {
  /** Pulumi's type token. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What running stacks needs to know of a system beside its resources. */
export interface System {
  /** The name people know it by: "PostgreSQL". */
  readonly title: string;
  /** The package in the type tokens of its official resources: `postgresql` in `postgresql:index/role:Role`. */
  readonly package: string;
  /** Its key in an environment's file. Absent: every environment has it, and every tenant a part of it. */
  readonly server?: OptionalServer["key"];
  /** Fails with what is wrong when the system can't be worked with: not there, wrong password, missing privilege. */
  check(environment: NodeJS.ProcessEnv): Promise<void>;
  /**
   * Asks for what its plugin and its checks need and nobody can set for long, and gives the environment with it. Fails as the
   * system's calls do.
   */
  signIn?(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv>;
  /** What a message of the official plugin means to the reader; resources of ours say it themselves. */
  explain?(message: string): Failure | undefined;
  /**
   * Looks for what of a tenant is in the system and in no file: `login acme_eve`. It changes nothing, and fails as the
   * system's calls do. `fleet` gives every tenant that there is a file of, for systems where a name doesn't tell whose it is.
   */
  strays?(
    tenant: Tenant,
    environment: NodeJS.ProcessEnv,
    fleet: () => Promise<readonly Tenant[]>,
  ): Promise<readonly string[]>;
  /**
   * Looks for what a pending create made. Gives its id as the state keeps it, or undefined when nothing is there or
   * creating it once more does no harm. Resources of ours need no looking up: their `create` knows its own work.
   */
  findId?(pending: PendingCreate, environment: NodeJS.ProcessEnv): Promise<string | undefined>;
}
