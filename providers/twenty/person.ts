import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "twenty", type: "Person", outputs: [] };

export interface PersonArgs {
  /** The tenant's id. The person's own id begins with what is derived from it, so that Tenantry knows its own. */
  readonly tenant: pulumi.Input<string>;
  readonly firstName: pulumi.Input<string>;
  readonly lastName: pulumi.Input<string>;
  /** Unique in the workspace; Twenty keeps it in lower case. Further addresses that people add are left alone. */
  readonly email: pulumi.Input<string>;
  /** Default: left to people in the CRM. */
  readonly jobTitle?: pulumi.Input<string> | undefined;
  /** The id of a `Company`. Default: left to people in the CRM. */
  readonly company?: pulumi.Input<string> | undefined;
  /** Take over a person of this address that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A person of the CRM: a record, not an account. Whether somebody may sign in is `WorkspaceMember`'s. Its `id` is
 * Twenty's. Deleting moves it to Twenty's deleted people, with notes and tasks, from where create brings ours back.
 */
export class Person extends DynamicResource {
  constructor(name: string, args: PersonArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
