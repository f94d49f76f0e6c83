/** What components make of GitHub's SDK. Importing its index loads each of its 170 files, whatever is used of it. */
export { ActionsSecret } from "@pulumi/github/actionsSecret.js";
export { ActionsVariable } from "@pulumi/github/actionsVariable.js";
export { Branch } from "@pulumi/github/branch.js";
export { BranchDefault } from "@pulumi/github/branchDefault.js";
export { BranchProtectionV3 } from "@pulumi/github/branchProtectionV3.js";
export { IssueLabel } from "@pulumi/github/issueLabel.js";
export { Repository } from "@pulumi/github/repository.js";
export { RepositoryCollaborators } from "@pulumi/github/repositoryCollaborators.js";
export { RepositoryDeployKey } from "@pulumi/github/repositoryDeployKey.js";
export { RepositoryFile } from "@pulumi/github/repositoryFile.js";
export { RepositoryRuleset } from "@pulumi/github/repositoryRuleset.js";
export { RepositoryWebhook } from "@pulumi/github/repositoryWebhook.js";
export { Team, type TeamArgs } from "@pulumi/github/team.js";
export { TeamMembership } from "@pulumi/github/teamMembership.js";
