import type * as pulumi from "@pulumi/pulumi";
import * as github from "../../sdks/github.ts";
import type { BranchRules } from "../repository.ts";

/** How branches are protected. */
export interface Protector {
  /** Whether the server knows rulesets: github.com does, GitHub Enterprise Server since 3.11. Default: true. */
  readonly rulesets?: boolean;
  /** The id of the GitHub App that changes are made as, if it is one. */
  readonly app?: number | undefined;
}

/**
 * Protects a branch: changes come by pull request, are approved, and pass their checks. Not so for those who own the
 * organization, and for the app: what they commit to files that are kept here isn't asked about.
 */
export function protectBranch(
  name: string,
  repository: github.Repository,
  rules: BranchRules & { readonly branch: string },
  { rulesets = true, app }: Protector,
  options: pulumi.CustomResourceOptions,
): void {
  if (rulesets) createRuleset(`${name}-ruleset`, repository, rules, app, options);
  else createBranchProtection(`${name}-protection`, repository, rules, options);
}

function createRuleset(
  name: string,
  repository: github.Repository,
  { branch, approvals, statusChecks }: BranchRules & { readonly branch: string },
  app: number | undefined,
  options: pulumi.CustomResourceOptions,
): void {
  const bypassMode = "always";
  new github.RepositoryRuleset(
    name,
    {
      repository: repository.name,
      name: `tenantry: ${branch}`,
      target: "branch",
      enforcement: "active",
      conditions: { refName: { includes: [`refs/heads/${branch}`], excludes: [] } },
      bypassActors: [
        // https://docs.github.com/en/rest/repos/rules: whoever owns the organization is 1.
        { actorType: "OrganizationAdmin", actorId: 1, bypassMode },
        ...(app === undefined ? [] : [{ actorType: "Integration", actorId: app, bypassMode }]),
      ],
      rules: {
        deletion: true,
        nonFastForward: true,
        pullRequest: { requiredApprovingReviewCount: approvals, dismissStaleReviewsOnPush: true },
        ...(statusChecks.length > 0 && {
          requiredStatusChecks: { requiredChecks: statusChecks.map((context) => ({ context })) },
        }),
      },
    },
    options,
  );
}

function createBranchProtection(
  name: string,
  repository: github.Repository,
  { branch, approvals, statusChecks }: BranchRules & { readonly branch: string },
  options: pulumi.CustomResourceOptions,
): void {
  new github.BranchProtectionV3(
    name,
    {
      repository: repository.name,
      branch,
      enforceAdmins: false,
      requiredPullRequestReviews: { requiredApprovingReviewCount: approvals, dismissStaleReviews: true },
      ...(statusChecks.length > 0 && { requiredStatusChecks: { checks: [...statusChecks] } }),
    },
    options,
  );
}
