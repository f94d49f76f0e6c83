import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { noPrivileges } from "./privileges-inputs.ts";

const kind: Kind = { module: "postgresql", type: "Privileges", outputs: [] };

/** Privileges by PostgreSQL's names (`SELECT`), or `ALL` alone. */
export type PrivilegeList = readonly string[];

export interface PrivilegesArgs {
  readonly database: pulumi.Input<string>;
  /** The role that owns the database and what migrations make in it. */
  readonly owner: pulumi.Input<string>;
  /** A role's name, or `PUBLIC` for everybody. */
  readonly grantee: pulumi.Input<string>;
  /** On the database itself: CONNECT, CREATE, TEMPORARY. Default: none. */
  readonly onDatabase?: pulumi.Input<PrivilegeList>;
  /** On schema public: USAGE, CREATE. Default: none. */
  readonly onSchema?: pulumi.Input<PrivilegeList>;
  /** On single tables. A table of the owner's that isn't here has `onLaterTables`; anybody else's has none. */
  readonly tables?: pulumi.Input<Readonly<Record<string, PrivilegeList>>>;
  /** On tables that the owner makes from now on, by default privileges. Default: none. */
  readonly onLaterTables?: pulumi.Input<PrivilegeList>;
  /** The same for sequences. Default: none. */
  readonly onLaterSequences?: pulumi.Input<PrivilegeList>;
}

/**
 * Exactly what one role, or everybody, may do in one database: on the database, on schema public, and on each table,
 * sequence and function in it. Any other privilege that the grantee holds there is drift and is revoked.
 */
export class Privileges extends DynamicResource {
  constructor(name: string, args: PrivilegesArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...noPrivileges(), ...args }, options);
  }
}
