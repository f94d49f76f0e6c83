import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { migrationFiles } from "./migration-files.ts";

const kind: Kind = { module: "postgresql", type: "Migrations", outputs: ["recorded", "version"] };

export interface MigrationsArgs {
  readonly database: pulumi.Input<string>;
  /** The role that runs the migrations and owns what they make. */
  readonly owner: pulumi.Input<string>;
}

/**
 * The project's migrations, applied to one database. A new file is a change that names the file; an edited or vanished
 * old one is an error before anything is done. What was made by them and is changed by hand later is drift: what can
 * be made again without losing data is, anything else is refused.
 */
export class Migrations extends DynamicResource {
  constructor(name: string, args: MigrationsArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, migrations: migrationFiles(), objects: "as migrated" }, options);
  }
}
