import * as pulumi from "@pulumi/pulumi";
import * as inputs from "./types/input";
import * as outputs from "./types/output";
export declare class TeamProjectAccess extends pulumi.CustomResource {
    /**
     * Get an existing TeamProjectAccess resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: TeamProjectAccessState, opts?: pulumi.CustomResourceOptions): TeamProjectAccess;
    /**
     * Returns true if the given object is an instance of TeamProjectAccess.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is TeamProjectAccess;
    readonly access: pulumi.Output<string>;
    readonly projectAccesses: pulumi.Output<outputs.TeamProjectAccessProjectAccess[] | undefined>;
    readonly projectId: pulumi.Output<string>;
    readonly teamId: pulumi.Output<string>;
    readonly teamProjectAccessId: pulumi.Output<string>;
    readonly workspaceAccesses: pulumi.Output<outputs.TeamProjectAccessWorkspaceAccess[] | undefined>;
    /**
     * Create a TeamProjectAccess resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args: TeamProjectAccessArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering TeamProjectAccess resources.
 */
export interface TeamProjectAccessState {
    access?: pulumi.Input<string | undefined>;
    projectAccesses?: pulumi.Input<pulumi.Input<inputs.TeamProjectAccessProjectAccess>[] | undefined>;
    projectId?: pulumi.Input<string | undefined>;
    teamId?: pulumi.Input<string | undefined>;
    teamProjectAccessId?: pulumi.Input<string | undefined>;
    workspaceAccesses?: pulumi.Input<pulumi.Input<inputs.TeamProjectAccessWorkspaceAccess>[] | undefined>;
}
/**
 * The set of arguments for constructing a TeamProjectAccess resource.
 */
export interface TeamProjectAccessArgs {
    access: pulumi.Input<string>;
    projectAccesses?: pulumi.Input<pulumi.Input<inputs.TeamProjectAccessProjectAccess>[] | undefined>;
    projectId: pulumi.Input<string>;
    teamId: pulumi.Input<string>;
    teamProjectAccessId?: pulumi.Input<string | undefined>;
    workspaceAccesses?: pulumi.Input<pulumi.Input<inputs.TeamProjectAccessWorkspaceAccess>[] | undefined>;
}
