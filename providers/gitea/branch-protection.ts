import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ApiClient } from "../http/api-client.ts";
import { createOnce } from "../http/create-once.ts";
import { named, path } from "./api.ts";

export const branchProtection = z.strictObject({
  branch: z.string().min(1),
  approvals: z.int().min(0).default(1),
  requireSignedCommits: z.boolean().default(false),
  statusChecks: z
    .array(z.string().min(1))
    .transform((names) => [...new Set(names)].sort())
    .default([]),
  /** None. In what is read, what somebody set by hand: `enable_force_push: true`. */
  exceptions: z.array(z.string()).default([]),
});

/** The rule of one branch; a pattern's is one rule too. */
export type BranchProtection = z.output<typeof branchProtection>;

const rule = z.looseObject({
  rule_name: z.string(),
  required_approvals: z.int(),
  require_signed_commits: z.boolean(),
  status_check_contexts: z.array(z.string()).nullable(),
});

/** @param repository the path of the repository's calls */
export async function readProtection(
  api: ApiClient,
  repository: string,
  branch: string,
): Promise<BranchProtection | undefined> {
  const found = await findRule(api, repository, branch);
  if (found === undefined) return undefined;
  const exceptions = Object.entries(fixed(await ownName(api)))
    .filter(([key, value]) => !isDeepStrictEqual(found[key], value))
    .map(([key]) => `${key}: ${JSON.stringify(found[key])}`);
  const statusChecks = [...(found.status_check_contexts ?? [])].sort();
  if (found["enable_status_check"] !== statusChecks.length > 0) exceptions.push("status checks switched");
  return {
    branch: found.rule_name,
    approvals: found.required_approvals,
    requireSignedCommits: found.require_signed_commits,
    statusChecks,
    exceptions,
  };
}

/** Makes the rule or brings it to what is wanted. */
export async function writeProtection(
  api: ApiClient,
  repository: string,
  wanted: BranchProtection,
): Promise<void> {
  const { branch, approvals, requireSignedCommits, statusChecks } = wanted;
  const body = {
    ...fixed(await ownName(api)),
    required_approvals: approvals,
    require_signed_commits: requireSignedCommits,
    enable_status_check: statusChecks.length > 0,
    status_check_contexts: statusChecks,
  };
  const { isNew } = await createOnce({
    find: () => findRule(api, repository, branch),
    make: () => api.post(`${repository}/branch_protections`, { rule_name: branch, ...body }, rule),
  });
  if (!isNew) await api.patch(pathOf(repository, branch), body, rule);
}

export function removeProtection(api: ApiClient, repository: string, branch: string): Promise<void> {
  return api.delete(pathOf(repository, branch));
}

function findRule(
  api: ApiClient,
  repository: string,
  branch: string,
): Promise<z.output<typeof rule> | undefined> {
  return named(api, pathOf(repository, branch), rule);
}

function pathOf(repository: string, branch: string): string {
  return `${repository}/branch_protections/${path`${branch}`}`;
}

async function ownName(api: ApiClient): Promise<string> {
  return (await api.get("/user", z.object({ login: z.string() })))?.login ?? "";
}

/**
 * What holds for every rule: nobody overwrites history, nobody pushes past a pull request but the account that Tenantry
 * works with, which keeps the repository's declared files.
 */
function fixed(ownName: string): Readonly<Record<string, unknown>> {
  return {
    enable_push: true,
    enable_push_whitelist: true,
    push_whitelist_usernames: [ownName],
    push_whitelist_teams: [],
    push_whitelist_deploy_keys: false,
    enable_force_push: false,
    enable_merge_whitelist: false,
    enable_approvals_whitelist: false,
    block_on_rejected_reviews: true,
    dismiss_stale_approvals: true,
    protected_file_patterns: "",
    unprotected_file_patterns: "",
  };
}
