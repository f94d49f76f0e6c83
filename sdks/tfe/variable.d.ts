import * as pulumi from "@pulumi/pulumi";
export declare class Variable extends pulumi.CustomResource {
    /**
     * Get an existing Variable resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: VariableState, opts?: pulumi.CustomResourceOptions): Variable;
    /**
     * Returns true if the given object is an instance of Variable.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Variable;
    /**
     * Whether this is a Terraform or environment variable. Valid values are "terraform" or "env".
     */
    readonly category: pulumi.Output<string>;
    readonly description: pulumi.Output<string>;
    readonly hcl: pulumi.Output<boolean>;
    /**
     * Name of the variable.
     */
    readonly key: pulumi.Output<string>;
    /**
     * A non-sensitive read-only copy of the variable value, which can be viewed or referenced in plan outputs without being redacted. Will only be present if the variable is not sensitive
     */
    readonly readableValue: pulumi.Output<string>;
    readonly sensitive: pulumi.Output<boolean>;
    /**
     * Value of the variable
     */
    readonly value: pulumi.Output<string>;
    /**
     * **NOTE:** This field is write-only and its value will not be updated in state as part of read operations.
     * Value of the variable in write-only mode
     */
    readonly valueWo: pulumi.Output<string | undefined>;
    /**
     * Version of the write-only value to trigger updates
     */
    readonly valueWoVersion: pulumi.Output<number | undefined>;
    readonly variableSetId: pulumi.Output<string | undefined>;
    readonly workspaceId: pulumi.Output<string | undefined>;
    /**
     * Create a Variable resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: VariableArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering Variable resources.
 */
export interface VariableState {
    /**
     * Whether this is a Terraform or environment variable. Valid values are "terraform" or "env".
     */
    category?: pulumi.Input<string | undefined>;
    description?: pulumi.Input<string | undefined>;
    hcl?: pulumi.Input<boolean | undefined>;
    /**
     * Name of the variable.
     */
    key?: pulumi.Input<string | undefined>;
    /**
     * A non-sensitive read-only copy of the variable value, which can be viewed or referenced in plan outputs without being redacted. Will only be present if the variable is not sensitive
     */
    readableValue?: pulumi.Input<string | undefined>;
    sensitive?: pulumi.Input<boolean | undefined>;
    /**
     * Value of the variable
     */
    value?: pulumi.Input<string | undefined>;
    /**
     * **NOTE:** This field is write-only and its value will not be updated in state as part of read operations.
     * Value of the variable in write-only mode
     */
    valueWo?: pulumi.Input<string | undefined>;
    /**
     * Version of the write-only value to trigger updates
     */
    valueWoVersion?: pulumi.Input<number | undefined>;
    variableSetId?: pulumi.Input<string | undefined>;
    workspaceId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Variable resource.
 */
export interface VariableArgs {
    /**
     * Whether this is a Terraform or environment variable. Valid values are "terraform" or "env".
     */
    category: pulumi.Input<string>;
    description?: pulumi.Input<string | undefined>;
    hcl?: pulumi.Input<boolean | undefined>;
    /**
     * Name of the variable.
     */
    key: pulumi.Input<string>;
    sensitive?: pulumi.Input<boolean | undefined>;
    /**
     * Value of the variable
     */
    value?: pulumi.Input<string | undefined>;
    /**
     * **NOTE:** This field is write-only and its value will not be updated in state as part of read operations.
     * Value of the variable in write-only mode
     */
    valueWo?: pulumi.Input<string | undefined>;
    /**
     * Version of the write-only value to trigger updates
     */
    valueWoVersion?: pulumi.Input<number | undefined>;
    variableSetId?: pulumi.Input<string | undefined>;
    workspaceId?: pulumi.Input<string | undefined>;
}
