import * as pulumi from "@pulumi/pulumi";
export declare class VariableSet extends pulumi.CustomResource {
    /**
     * Get an existing VariableSet resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: VariableSetState, opts?: pulumi.CustomResourceOptions): VariableSet;
    /**
     * Returns true if the given object is an instance of VariableSet.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is VariableSet;
    readonly description: pulumi.Output<string | undefined>;
    readonly global: pulumi.Output<boolean | undefined>;
    readonly name: pulumi.Output<string>;
    readonly organization: pulumi.Output<string>;
    readonly parentProjectId: pulumi.Output<string>;
    readonly priority: pulumi.Output<boolean | undefined>;
    readonly stackIds: pulumi.Output<string[]>;
    readonly variableSetId: pulumi.Output<string>;
    readonly workspaceIds: pulumi.Output<string[]>;
    /**
     * Create a VariableSet resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: VariableSetArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering VariableSet resources.
 */
export interface VariableSetState {
    description?: pulumi.Input<string | undefined>;
    global?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    organization?: pulumi.Input<string | undefined>;
    parentProjectId?: pulumi.Input<string | undefined>;
    priority?: pulumi.Input<boolean | undefined>;
    stackIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    variableSetId?: pulumi.Input<string | undefined>;
    workspaceIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}
/**
 * The set of arguments for constructing a VariableSet resource.
 */
export interface VariableSetArgs {
    description?: pulumi.Input<string | undefined>;
    global?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    organization?: pulumi.Input<string | undefined>;
    parentProjectId?: pulumi.Input<string | undefined>;
    priority?: pulumi.Input<boolean | undefined>;
    stackIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    variableSetId?: pulumi.Input<string | undefined>;
    workspaceIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}
