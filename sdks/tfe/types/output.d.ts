export interface TeamOrganizationAccess {
    accessSecretTeams?: boolean;
    delegatePolicyOverrides?: boolean;
    manageAgentPools?: boolean;
    manageMembership?: boolean;
    manageModules?: boolean;
    manageOrganizationAccess?: boolean;
    managePolicies?: boolean;
    managePolicyOverrides?: boolean;
    manageProjects?: boolean;
    manageProviders?: boolean;
    manageRunTasks?: boolean;
    manageTeams?: boolean;
    manageVcsSettings?: boolean;
    manageWorkspaces?: boolean;
    readProjects?: boolean;
    readWorkspaces?: boolean;
}
export interface TeamProjectAccessProjectAccess {
    settings: string;
    teams: string;
    variableSets: string;
}
export interface TeamProjectAccessWorkspaceAccess {
    create: boolean;
    delete: boolean;
    locking: boolean;
    move: boolean;
    policyOverrides: boolean;
    runTasks: boolean;
    runs: string;
    sentinelMocks: string;
    stateVersions: string;
    variables: string;
}
export interface WorkspaceVcsRepo {
    branch?: string;
    githubAppInstallationId?: string;
    identifier: string;
    ingressSubmodules?: boolean;
    oauthTokenId?: string;
    tagsRegex?: string;
}
