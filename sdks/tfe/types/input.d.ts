import * as pulumi from "@pulumi/pulumi";
export interface TeamOrganizationAccess {
    accessSecretTeams?: pulumi.Input<boolean | undefined>;
    delegatePolicyOverrides?: pulumi.Input<boolean | undefined>;
    manageAgentPools?: pulumi.Input<boolean | undefined>;
    manageMembership?: pulumi.Input<boolean | undefined>;
    manageModules?: pulumi.Input<boolean | undefined>;
    manageOrganizationAccess?: pulumi.Input<boolean | undefined>;
    managePolicies?: pulumi.Input<boolean | undefined>;
    managePolicyOverrides?: pulumi.Input<boolean | undefined>;
    manageProjects?: pulumi.Input<boolean | undefined>;
    manageProviders?: pulumi.Input<boolean | undefined>;
    manageRunTasks?: pulumi.Input<boolean | undefined>;
    manageTeams?: pulumi.Input<boolean | undefined>;
    manageVcsSettings?: pulumi.Input<boolean | undefined>;
    manageWorkspaces?: pulumi.Input<boolean | undefined>;
    readProjects?: pulumi.Input<boolean | undefined>;
    readWorkspaces?: pulumi.Input<boolean | undefined>;
}
export interface TeamProjectAccessProjectAccess {
    settings?: pulumi.Input<string | undefined>;
    teams?: pulumi.Input<string | undefined>;
    variableSets?: pulumi.Input<string | undefined>;
}
export interface TeamProjectAccessWorkspaceAccess {
    create?: pulumi.Input<boolean | undefined>;
    delete?: pulumi.Input<boolean | undefined>;
    locking?: pulumi.Input<boolean | undefined>;
    move?: pulumi.Input<boolean | undefined>;
    policyOverrides?: pulumi.Input<boolean | undefined>;
    runTasks?: pulumi.Input<boolean | undefined>;
    runs?: pulumi.Input<string | undefined>;
    sentinelMocks?: pulumi.Input<string | undefined>;
    stateVersions?: pulumi.Input<string | undefined>;
    variables?: pulumi.Input<string | undefined>;
}
export interface WorkspaceVcsRepo {
    branch?: pulumi.Input<string | undefined>;
    githubAppInstallationId?: pulumi.Input<string | undefined>;
    identifier: pulumi.Input<string>;
    ingressSubmodules?: pulumi.Input<boolean | undefined>;
    oauthTokenId?: pulumi.Input<string | undefined>;
    tagsRegex?: pulumi.Input<string | undefined>;
}
