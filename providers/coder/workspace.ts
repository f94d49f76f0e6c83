import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "coder", type: "Workspace", outputs: ["url"] };

export interface WorkspaceArgs {
  /** The tenant's id. */
  readonly tenant: pulumi.Input<string>;
  /** Letters, digits and single hyphens, at most 32 characters, unique among the owner's: `dev`. */
  readonly name: pulumi.Input<string>;
  /** The owner's username. */
  readonly owner: pulumi.Input<string>;
  /** The template's id. */
  readonly template: pulumi.Input<string>;
  /**
   * Values of the template's parameters. Those that aren't named begin with the template's defaults and are the owner's to
   * change. Default: none.
   */
  readonly parameters?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** When it starts by itself: `CRON_TZ=Europe/Berlin 0 8 * * 1-5`. Default: never. */
  readonly autostart?: pulumi.Input<string> | undefined;
  /** How long after its start it stops by itself: `8h`, `90m`, `1h30m`. Default: never. */
  readonly ttl?: pulumi.Input<string> | undefined;
  /** Takes over the owner's workspace of this name that exists already. Default: `false`. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A person's workspace. Whether it runs or is stopped is its owner's business, not drift; a build that failed is.
 * A new version of its template reaches it at its next start.
 */
export class Workspace extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  /** Where its owner opens it: `https://coder.example.com/@acme-jane/dev`. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: WorkspaceArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { parameters: {}, autostart: "", ttl: "", adopt: false, ...args }, options);
  }
}
