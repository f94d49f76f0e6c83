import * as pulumi from "@pulumi/pulumi";
import * as inputs from "./types/input";
import * as outputs from "./types/output";
export declare class Workspace extends pulumi.CustomResource {
    /**
     * Get an existing Workspace resource's state with the given name, ID, and optional extra
     * properties used to qualify the lookup.
     *
     * @param name The _unique_ name of the resulting resource.
     * @param id The _unique_ provider ID of the resource to lookup.
     * @param state Any extra arguments used during the lookup.
     * @param opts Optional settings to control the behavior of the CustomResource.
     */
    static get(name: string, id: pulumi.Input<pulumi.ID>, state?: WorkspaceState, opts?: pulumi.CustomResourceOptions): Workspace;
    /**
     * Returns true if the given object is an instance of Workspace.  This is designed to work even
     * when multiple copies of the Pulumi SDK have been loaded into the same process.
     */
    static isInstance(obj: any): obj is Workspace;
    /**
     * @deprecated Deprecated
     */
    readonly agentPoolId: pulumi.Output<string>;
    readonly allowDestroyPlan: pulumi.Output<boolean | undefined>;
    readonly assessmentsEnabled: pulumi.Output<boolean>;
    readonly autoApply: pulumi.Output<boolean>;
    readonly autoApplyRunTrigger: pulumi.Output<boolean | undefined>;
    readonly autoDestroyActivityDuration: pulumi.Output<string>;
    readonly autoDestroyAt: pulumi.Output<string>;
    readonly description: pulumi.Output<string>;
    readonly effectiveTags: pulumi.Output<{
        [key: string]: string;
    }>;
    /**
     * @deprecated Deprecated
     */
    readonly executionMode: pulumi.Output<string>;
    readonly fileTriggersEnabled: pulumi.Output<boolean | undefined>;
    readonly forceDelete: pulumi.Output<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    readonly globalRemoteState: pulumi.Output<boolean>;
    readonly htmlUrl: pulumi.Output<string>;
    readonly hyokEnabled: pulumi.Output<boolean | undefined>;
    readonly ignoreAdditionalTagNames: pulumi.Output<boolean | undefined>;
    readonly ignoreAdditionalTags: pulumi.Output<boolean | undefined>;
    readonly inheritsProjectAutoDestroy: pulumi.Output<boolean>;
    readonly name: pulumi.Output<string>;
    /**
     * @deprecated Deprecated
     */
    readonly operations: pulumi.Output<boolean>;
    readonly organization: pulumi.Output<string>;
    readonly projectId: pulumi.Output<string>;
    readonly queueAllRuns: pulumi.Output<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    readonly remoteStateConsumerIds: pulumi.Output<string[]>;
    readonly resourceCount: pulumi.Output<number>;
    readonly sourceName: pulumi.Output<string | undefined>;
    readonly sourceUrl: pulumi.Output<string | undefined>;
    readonly speculativeEnabled: pulumi.Output<boolean | undefined>;
    readonly sshKeyId: pulumi.Output<string | undefined>;
    readonly structuredRunOutputEnabled: pulumi.Output<boolean | undefined>;
    readonly tagNames: pulumi.Output<string[]>;
    readonly tags: pulumi.Output<{
        [key: string]: string;
    }>;
    readonly terraformVersion: pulumi.Output<string>;
    readonly triggerPatterns: pulumi.Output<string[] | undefined>;
    readonly triggerPrefixes: pulumi.Output<string[] | undefined>;
    readonly vcsRepo: pulumi.Output<outputs.WorkspaceVcsRepo | undefined>;
    readonly workingDirectory: pulumi.Output<string | undefined>;
    readonly workspaceId: pulumi.Output<string>;
    /**
     * Create a Workspace resource with the given unique name, arguments, and options.
     *
     * @param name The _unique_ name of the resource.
     * @param args The arguments to use to populate this resource's properties.
     * @param opts A bag of options that control this resource's behavior.
     */
    constructor(name: string, args?: WorkspaceArgs, opts?: pulumi.CustomResourceOptions);
}
/**
 * Input properties used for looking up and filtering Workspace resources.
 */
export interface WorkspaceState {
    /**
     * @deprecated Deprecated
     */
    agentPoolId?: pulumi.Input<string | undefined>;
    allowDestroyPlan?: pulumi.Input<boolean | undefined>;
    assessmentsEnabled?: pulumi.Input<boolean | undefined>;
    autoApply?: pulumi.Input<boolean | undefined>;
    autoApplyRunTrigger?: pulumi.Input<boolean | undefined>;
    autoDestroyActivityDuration?: pulumi.Input<string | undefined>;
    autoDestroyAt?: pulumi.Input<string | undefined>;
    description?: pulumi.Input<string | undefined>;
    effectiveTags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    /**
     * @deprecated Deprecated
     */
    executionMode?: pulumi.Input<string | undefined>;
    fileTriggersEnabled?: pulumi.Input<boolean | undefined>;
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    globalRemoteState?: pulumi.Input<boolean | undefined>;
    htmlUrl?: pulumi.Input<string | undefined>;
    hyokEnabled?: pulumi.Input<boolean | undefined>;
    ignoreAdditionalTagNames?: pulumi.Input<boolean | undefined>;
    ignoreAdditionalTags?: pulumi.Input<boolean | undefined>;
    inheritsProjectAutoDestroy?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    /**
     * @deprecated Deprecated
     */
    operations?: pulumi.Input<boolean | undefined>;
    organization?: pulumi.Input<string | undefined>;
    projectId?: pulumi.Input<string | undefined>;
    queueAllRuns?: pulumi.Input<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    remoteStateConsumerIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    resourceCount?: pulumi.Input<number | undefined>;
    sourceName?: pulumi.Input<string | undefined>;
    sourceUrl?: pulumi.Input<string | undefined>;
    speculativeEnabled?: pulumi.Input<boolean | undefined>;
    sshKeyId?: pulumi.Input<string | undefined>;
    structuredRunOutputEnabled?: pulumi.Input<boolean | undefined>;
    tagNames?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    terraformVersion?: pulumi.Input<string | undefined>;
    triggerPatterns?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    triggerPrefixes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    vcsRepo?: pulumi.Input<inputs.WorkspaceVcsRepo | undefined>;
    workingDirectory?: pulumi.Input<string | undefined>;
    workspaceId?: pulumi.Input<string | undefined>;
}
/**
 * The set of arguments for constructing a Workspace resource.
 */
export interface WorkspaceArgs {
    /**
     * @deprecated Deprecated
     */
    agentPoolId?: pulumi.Input<string | undefined>;
    allowDestroyPlan?: pulumi.Input<boolean | undefined>;
    assessmentsEnabled?: pulumi.Input<boolean | undefined>;
    autoApply?: pulumi.Input<boolean | undefined>;
    autoApplyRunTrigger?: pulumi.Input<boolean | undefined>;
    autoDestroyActivityDuration?: pulumi.Input<string | undefined>;
    autoDestroyAt?: pulumi.Input<string | undefined>;
    description?: pulumi.Input<string | undefined>;
    /**
     * @deprecated Deprecated
     */
    executionMode?: pulumi.Input<string | undefined>;
    fileTriggersEnabled?: pulumi.Input<boolean | undefined>;
    forceDelete?: pulumi.Input<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    globalRemoteState?: pulumi.Input<boolean | undefined>;
    hyokEnabled?: pulumi.Input<boolean | undefined>;
    ignoreAdditionalTagNames?: pulumi.Input<boolean | undefined>;
    ignoreAdditionalTags?: pulumi.Input<boolean | undefined>;
    name?: pulumi.Input<string | undefined>;
    /**
     * @deprecated Deprecated
     */
    operations?: pulumi.Input<boolean | undefined>;
    organization?: pulumi.Input<string | undefined>;
    projectId?: pulumi.Input<string | undefined>;
    queueAllRuns?: pulumi.Input<boolean | undefined>;
    /**
     * @deprecated Deprecated
     */
    remoteStateConsumerIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    sourceName?: pulumi.Input<string | undefined>;
    sourceUrl?: pulumi.Input<string | undefined>;
    speculativeEnabled?: pulumi.Input<boolean | undefined>;
    sshKeyId?: pulumi.Input<string | undefined>;
    structuredRunOutputEnabled?: pulumi.Input<boolean | undefined>;
    tagNames?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    terraformVersion?: pulumi.Input<string | undefined>;
    triggerPatterns?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    triggerPrefixes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    vcsRepo?: pulumi.Input<inputs.WorkspaceVcsRepo | undefined>;
    workingDirectory?: pulumi.Input<string | undefined>;
    workspaceId?: pulumi.Input<string | undefined>;
}
