import * as pulumi from "@pulumi/pulumi";
export declare class RunTrigger extends pulumi.CustomResource {
    /**
     * Get an existing RunTrigger resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: RunTriggerState, opts?: pulumi.CustomResourceOptions): RunTrigger;
    /**
     * Returns true if the given object is an instance of RunTrigger.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is RunTrigger;
    readonly runTriggerId: pulumi.Output<string>;
    readonly sourceableId: pulumi.Output<string>;
    readonly workspaceId: pulumi.Output<string>;
    /**
     * Create a RunTrigger resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: RunTriggerArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering RunTrigger resources.
 */
export interface RunTriggerState {
    runTriggerId?: pulumi.Input<string | undefined>;
    sourceableId?: pulumi.Input<string | undefined>;
    workspaceId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a RunTrigger resource.
 */
export interface RunTriggerArgs {
    runTriggerId?: pulumi.Input<string | undefined>;
    sourceableId: pulumi.Input<string>;
    workspaceId: pulumi.Input<string>;
}
