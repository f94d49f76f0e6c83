import { z } from "zod";
import { policy } from "../policy.ts";
import { gitea } from "../types.ts";

export const branchProtection = policy({
  name: "branch-protection",
  system: "Gitea",
  severity: "advisory",
  demand: "changes of a repository's default branch come by pull request, which somebody else approves",
  reason: "One person alone, or one stolen password, can change what is deployed.",
  remedy: "set `protect` with `approvals: 1` for the repository in `sourceControl.repositories`",
  types: [gitea.repository],
  inputs: {
    archived: z.boolean().default(false),
    defaultBranch: z.string().default("main"),
    branchProtection: z.object({ branch: z.string(), approvals: z.number().default(1) }).optional(),
  },
  check: ({ archived, defaultBranch, branchProtection: found }) => {
    if (archived) return [];
    if (found?.branch !== defaultBranch) return [`whoever writes can push to ${defaultBranch}`];
    return [found.approvals < 1 && `pull requests to ${defaultBranch} need no approval`];
  },
});
