import type { Tenant } from "../schema/tenant.ts";

/** A resource as the engine is about to make it. */
export interface Resource {
  /** Pulumi's type token: `keycloak:index/realm:Realm`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Everything that is known of it by now; secrets are in clear here, and never in what a policy says. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs that a preview doesn't know yet, or only a part of. */
  readonly unknown: ReadonlySet<string>;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
  /** The outputs that are kept as secrets. */
  readonly secretOutputs: readonly string[];
  /** The paths of the texts among the inputs that the state will hold in clear: `initialPassword.value`. */
  readonly clear: ReadonlySet<string>;
  /** The code that a dynamic resource takes into the state. */
  readonly code: string | undefined;
}

/** The tenant that a stack is named after. */
export interface Subject {
  readonly id: string;
  /** Undefined for a stack of which no file says what it is. */
  readonly declared: Tenant | undefined;
}
