import { Failure } from "../report/failure.ts";
import type { Tenant } from "../schema/tenant.ts";
import { loadEnvironment, type Environment } from "../stacks/environment.ts";
import { type Deployed, readDeployed, recordDeployed } from "./deployed-record.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { ProgramDigest } from "./program-digest.ts";
import { StateFolder } from "./state-folder.ts";
import { secretKeyFrom, type TenantInputs, tenantInputs } from "./tenant-inputs.ts";

/** What is known of the tenants' inputs, now and as deployed, in one environment. It reads files, and starts nothing. */
export class InputsOfRun {
  /** Undefined for a backend whose states can't be seen without asking it. */
  readonly states: StateFolder | undefined;
  readonly #root: string;
  readonly #name: string;
  readonly #program: ProgramDigest;
  #programNow: string | undefined;
  readonly #secretKey: () => Buffer | undefined;
  /** The whole environment of an engine's process. Throws the failures of `engineEnvironment`. */
  readonly engine: () => NodeJS.ProcessEnv;
  readonly #variables: NodeJS.ProcessEnv;
  readonly #environment: Environment | undefined;

  constructor(root: string, name: string) {
    this.#root = root;
    this.#name = name;
    this.#program = new ProgramDigest(root);
    this.engine = known(() => ({ ...process.env, ...engineEnvironment(root, name) }));
    const engine = unlessFailure(this.engine);
    this.#variables = engine ?? { ...process.env };
    this.#environment = unlessFailure(() => loadEnvironment(root, name));
    this.states = engine && StateFolder.of(root, this.#variables);
    this.#secretKey = secretKeyFrom(this.#variables);
  }

  /** What is asked from now on is read anew: a run takes long enough for the program's files to change. */
  lookAgain(): void {
    this.#programNow = undefined;
  }

  /** Undefined: they can't be known. */
  now(tenant: Tenant): TenantInputs | undefined {
    if (this.states === undefined || this.#environment === undefined) return undefined;
    return tenantInputs(tenant, {
      root: this.#root,
      stack: this.#stack(tenant),
      environment: this.#environment,
      program: (this.#programNow ??= this.#program.get()),
      variables: this.#variables,
      secretKey: this.#secretKey,
      today: new Date().toISOString().slice(0, 10),
    });
  }

  /** Undefined: nobody knows, or something happened to the stack since. */
  deployed(tenant: Tenant): Deployed | undefined {
    return this.states && readDeployed(this.states, this.#stack(tenant));
  }

  /** Keeps what was deployed just now. */
  record(tenant: Tenant, inputs: TenantInputs): void {
    if (this.states) recordDeployed(this.states, this.#stack(tenant), inputs);
  }

  /** Whether there certainly is nothing of the tenant yet. */
  isNew(tenant: Tenant): boolean {
    return this.states?.isEmpty(this.#stack(tenant)) ?? false;
  }

  /** The environment of an engine's process, as far as it could be found out. */
  get variables(): NodeJS.ProcessEnv {
    return this.#variables;
  }

  #stack({ id }: Tenant): string {
    return `${this.#name}.${id}`;
  }
}

/** What work gives, or throws, found out once. */
function known<T>(work: () => T): () => T {
  try {
    const result = work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** What is missing is said by each tenant's own run. */
function unlessFailure<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
