import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import { markOf } from "../ownership.ts";

const kind: Kind = { module: "gitea", type: "Organization", outputs: ["number"] };

export interface OrganizationArgs {
  /** The tenant's id. It is noted as the organization's location, so that Tenantry knows its own from others. */
  readonly tenant: pulumi.Input<string>;
  /** Unique on the server, among people's names too: up to 40 letters, digits, ., - and _. */
  readonly name: pulumi.Input<string>;
  /** The name that people see, up to 100 characters. */
  readonly fullName: pulumi.Input<string>;
  /** Up to 255 characters. Default: none. */
  readonly description?: pulumi.Input<string>;
  /** Who knows that it exists: its members, whoever is signed in, everybody. Default: `private`. */
  readonly visibility?: pulumi.Input<"private" | "limited" | "public">;
  /** Takes over an organization of this name that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/** A tenant's organization; its `id` is its name. It isn't deleted while it has repositories: the failure names them. */
export class Organization extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, { tenant, ...args }: OrganizationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, mark: pulumi.output(tenant).apply(markOf) }, options);
  }
}
