import * as pulumi from "@pulumi/pulumi";
export declare class ProjectVariableSet extends pulumi.CustomResource {
    /**
     * Get an existing ProjectVariableSet resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: ProjectVariableSetState, opts?: pulumi.CustomResourceOptions): ProjectVariableSet;
    /**
     * Returns true if the given object is an instance of ProjectVariableSet.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is ProjectVariableSet;
    readonly projectId: pulumi.Output<string>;
    readonly projectVariableSetId: pulumi.Output<string>;
    readonly variableSetId: pulumi.Output<string>;
    /**
     * Create a ProjectVariableSet resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: ProjectVariableSetArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering ProjectVariableSet resources.
 */
export interface ProjectVariableSetState {
    projectId?: pulumi.Input<string | undefined>;
    projectVariableSetId?: pulumi.Input<string | undefined>;
    variableSetId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a ProjectVariableSet resource.
 */
export interface ProjectVariableSetArgs {
    projectId: pulumi.Input<string>;
    projectVariableSetId?: pulumi.Input<string | undefined>;
    variableSetId: pulumi.Input<string>;
}
