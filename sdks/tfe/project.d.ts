import * as pulumi from "@pulumi/pulumi";
export declare class Project extends pulumi.CustomResource {
    /**
     * Get an existing Project resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: ProjectState, opts?: pulumi.CustomResourceOptions): Project;
    /**
     * Returns true if the given object is an instance of Project.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Project;
    /**
     * Duration after which the project will be auto-destroyed.
     */
    readonly autoDestroyActivityDuration: pulumi.Output<string | undefined>;
    /**
     * Description of the project.
     */
    readonly description: pulumi.Output<string>;
    /**
     * Explicitly ignores tags created outside of Terraform so they will not be overwritten by tags defined in configuration.
     */
    readonly ignoreAdditionalTags: pulumi.Output<boolean | undefined>;
    /**
     * Name of the project.
     */
    readonly name: pulumi.Output<string>;
    /**
     * Name of the organization to which the project belongs.
     */
    readonly organization: pulumi.Output<string>;
    /**
     * A map of key-value tags to add to the project.
     */
    readonly tags: pulumi.Output<{
        [key: string]: string;
    }>;
    /**
     * Create a Project resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: ProjectArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering Project resources.
 */
export interface ProjectState {
    /**
     * Duration after which the project will be auto-destroyed.
     */
    autoDestroyActivityDuration?: pulumi.Input<string | undefined>;
    /**
     * Description of the project.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * Explicitly ignores tags created outside of Terraform so they will not be overwritten by tags defined in configuration.
     */
    ignoreAdditionalTags?: pulumi.Input<boolean | undefined>;
    /**
     * Name of the project.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * Name of the organization to which the project belongs.
     */
    organization?: pulumi.Input<string | undefined>;
    /**
     * A map of key-value tags to add to the project.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
/**
 * The set of arguments for constructing a Project resource.
 */
export interface ProjectArgs {
    /**
     * Duration after which the project will be auto-destroyed.
     */
    autoDestroyActivityDuration?: pulumi.Input<string | undefined>;
    /**
     * Description of the project.
     */
    description?: pulumi.Input<string | undefined>;
    /**
     * Explicitly ignores tags created outside of Terraform so they will not be overwritten by tags defined in configuration.
     */
    ignoreAdditionalTags?: pulumi.Input<boolean | undefined>;
    /**
     * Name of the project.
     */
    name?: pulumi.Input<string | undefined>;
    /**
     * Name of the organization to which the project belongs.
     */
    organization?: pulumi.Input<string | undefined>;
    /**
     * A map of key-value tags to add to the project.
     */
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
}
