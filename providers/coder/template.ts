import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { templateDigest } from "./template-folder.ts";

const kind: Kind = {
  module: "coder",
  type: "Template",
  outputs: ["versionId", "versionContent"],
  secretOutputs: ["variables"],
};

export interface TemplateArgs {
  /** The tenant's id. It is noted on each version, so that Tenantry knows its own templates from others. */
  readonly tenant: pulumi.Input<string>;
  /** Letters, digits and single hyphens, at most 32 characters: `acme-shell`. */
  readonly name: pulumi.Input<string>;
  /** At most 64 characters. Default: none. */
  readonly displayName?: pulumi.Input<string> | undefined;
  /** At most 127 bytes. Default: none. */
  readonly description?: pulumi.Input<string>;
  /** The folder that holds the template's `.tf` files, relative to Pulumi.yaml: `workspace-templates/shell`. */
  readonly folder: pulumi.Input<string>;
  /** Values of the template's Terraform variables; all are kept as secrets. Default: none. */
  readonly variables?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
  /** The organization's name. Default: the server's own. */
  readonly organization?: pulumi.Input<string> | undefined;
  /** Takes over a template of this name that exists already. Default: `false`. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A template of workspaces, made from a folder of the project. Another content or other variables make a new version,
 * which becomes the active one; old versions stay. Workspaces follow at their next start.
 */
export class Template extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  /** The version that is active. */
  declare readonly versionId: pulumi.Output<string>;

  /** Throws a `Failure` when the folder can't be a template: see `templateFiles`. */
  constructor(name: string, args: TemplateArgs, options?: pulumi.CustomResourceOptions) {
    // At once where that can be, so that a missing folder is the constructor's failure.
    const content =
      typeof args.folder === "string"
        ? templateDigest(args.folder)
        : pulumi.output(args.folder).apply((folder) => templateDigest(folder));
    const variables = pulumi.secret(args.variables ?? {});
    super(
      kind,
      name,
      { displayName: "", description: "", adopt: false, ...args, variables, content },
      options,
    );
  }
}
