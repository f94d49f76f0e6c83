import type * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = { module: "twenty", type: "Company", outputs: [] };

export interface CompanyArgs {
  /** The tenant's id. The company's own id begins with what is derived from it, so that Tenantry knows its own. */
  readonly tenant: pulumi.Input<string>;
  /** The name that people see. Twenty lets several companies have the same. */
  readonly name: pulumi.Input<string>;
  /** The company's internet domain, `acme.com`, unique in the workspace. Default: left to people in the CRM. */
  readonly domain?: pulumi.Input<string> | undefined;
  /** Take over a company of this domain, or this name where no domain is given, that Tenantry did not make. Default: false. */
  readonly adopt?: pulumi.Input<boolean>;
}

/**
 * A company of the CRM. Its `id` is Twenty's, which a `Person` names. Deleting moves it to Twenty's deleted companies,
 * from where create brings ours back.
 */
export class Company extends DynamicResource {
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: CompanyArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
