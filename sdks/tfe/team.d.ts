import * as pulumi from "@pulumi/pulumi";
import * as inputs from "./types/input";
import * as outputs from "./types/output";
export declare class Team extends pulumi.CustomResource {
    /**
     * Get an existing Team resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: TeamState, opts?: pulumi.CustomResourceOptions): Team;
    /**
     * Returns true if the given object is an instance of Team.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Team;
    readonly allowMemberTokenManagement: pulumi.Output<boolean | undefined>;
    readonly name: pulumi.Output<string>;
    readonly organization: pulumi.Output<string>;
    readonly organizationAccess: pulumi.Output<outputs.TeamOrganizationAccess | undefined>;
    readonly ssoTeamId: pulumi.Output<string | undefined>;
    readonly teamId: pulumi.Output<string>;
    readonly visibility: pulumi.Output<string>;
    /**
     * Create a Team resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: TeamArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering Team resources.
 */
export interface TeamState {
    allowMemberTokenManagement?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    organization?: pulumi.Input<string | undefined>;
    organizationAccess?: pulumi.Input<inputs.TeamOrganizationAccess | undefined>;
    ssoTeamId?: pulumi.Input<string | undefined>;
    teamId?: pulumi.Input<string | undefined>;
    visibility?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Team resource.
 */
export interface TeamArgs {
    allowMemberTokenManagement?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    organization?: pulumi.Input<string | undefined>;
    organizationAccess?: pulumi.Input<inputs.TeamOrganizationAccess | undefined>;
    ssoTeamId?: pulumi.Input<string | undefined>;
    teamId?: pulumi.Input<string | undefined>;
    visibility?: pulumi.Input<string | undefined>;
}
