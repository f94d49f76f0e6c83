import { z } from "zod";
import { name, occasion, pattern, projectPath, secretReference } from "../patterns.ts";
import { hookUrlPattern } from "../web-address.ts";

/** `IsUsableRepoName` in Gitea's models/repo/repo.go. */
const repositoryName = pattern(
  /^(?!\.$|-$)(?!.*\.\.)(?!.*\.(?:[wW][iI][kK][iI]|[gG][iI][tT]|[rR][sS][sS]|[aA][tT][oO][mM])$)[A-Za-z0-9._-]{1,100}$/,
  "a repository's name: 1 to 100 letters, digits, dots, _ and -, no two dots in a row, no .git, .wiki, .rss or .atom last",
);

/** What git-check-ref-format takes, without its rarer characters. */
const branchName = pattern(
  /^(?![./-])(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)))(?!.*[./]$)[A-Za-z0-9._/+#-]{1,100}$/,
  "a branch's name, such as main or release/1.0",
);

const label = z.strictObject({
  name: name.max(50).describe("The label's name."),
  color: pattern(/^#[0-9a-f]{6}$/, "a colour as #rrggbb, in lower case and in quotes").describe(
    "Its colour.",
  ),
  description: name.max(200).default("").describe("What it is for."),
});

const file = z.strictObject({
  path: pattern(
    /^(?!(?:.*\/)?\.{1,2}(?:\/|$))(?!(?:.*\/)?\.[gG][iI][tT](?:\/|$))(?!\/)(?!.*\/\/)(?!.*\/$)[^\\\p{Cc}]+$/u,
    "a file's path inside the repository: no / first, no .., nothing in .git",
  ).describe("Where the file is in the repository."),
  content: z.string().optional().describe("The file's text."),
  source: projectPath
    .optional()
    .describe("The file of this project that holds the text, instead of `content`."),
});

/** Events of Gitea. `issues` and `pull_request` stand for all of their kind, `…_only` for those alone. */
export const giteaEvents = [
  "create",
  "delete",
  "fork",
  "push",
  "issues",
  "issues_only",
  "issue_assign",
  "issue_label",
  "issue_milestone",
  "issue_comment",
  "pull_request",
  "pull_request_only",
  "pull_request_assign",
  "pull_request_label",
  "pull_request_milestone",
  "pull_request_comment",
  "pull_request_review",
  "pull_request_review_request",
  "pull_request_sync",
  "wiki",
  "repository",
  "release",
  "package",
  "status",
  "workflow_run",
  "workflow_job",
] as const;

/** Events of a repository on GitHub (https://docs.github.com/en/webhooks/webhook-events-and-payloads). */
export const githubEvents = [
  "*",
  "branch_protection_configuration",
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "code_scanning_alert",
  "commit_comment",
  "create",
  "delete",
  "dependabot_alert",
  "deploy_key",
  "deployment",
  "deployment_status",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "member",
  "merge_group",
  "meta",
  "milestone",
  "package",
  "page_build",
  "public",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_review_thread",
  "push",
  "registry_package",
  "release",
  "repository",
  "repository_advisory",
  "repository_import",
  "repository_ruleset",
  "repository_vulnerability_alert",
  "secret_scanning_alert",
  "secret_scanning_alert_location",
  "star",
  "status",
  "team_add",
  "watch",
  "workflow_dispatch",
  "workflow_job",
  "workflow_run",
] as const;

const hookEvents = [...new Set([...giteaEvents, ...githubEvents])];

const webhook = z.strictObject({
  url: pattern(hookUrlPattern, "an https:// address, or http:// for localhost").describe(
    "Where events are sent. The secret that signs them is made for you, among the tenant's access details.",
  ),
  events: z
    .array(z.enum(hookEvents))
    .min(1)
    .describe("Which events are sent. Gitea and GitHub know different ones."),
  contentType: z.enum(["json", "form"]).default("json").describe("How they are sent."),
  active: z.boolean().default(true).describe("Whether they are sent at all."),
  rotation: occasion.optional().describe("Any text. A new text makes a new secret."),
});

const deployKey = z.strictObject({
  title: name.max(255).describe("Whose key it is."),
  key: pattern(
    /^(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,3}(?: \P{Cc}*)?$/u,
    "a public SSH key, such as ssh-ed25519 AAAA…",
  ).describe("The public key, as it is in a .pub file."),
  readOnly: z.boolean().default(true).describe("false: it may push, too."),
});

export const repository = z.strictObject({
  name: repositoryName.describe("The repository's name."),
  description: name.max(2048).default("").describe("What is in it."),
  visibility: z
    .enum(["private", "public"])
    .default("private")
    .describe("public: everyone with an account on the server may read it."),
  template: pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\/[A-Za-z0-9._-]{1,100}$/, "a repository as owner/name")
    .optional()
    .describe("The template repository that it is made from. Default: a first commit and nothing else."),
  defaultBranch: branchName.default("main").describe("The branch that people see first."),
  topics: z
    .array(
      pattern(
        /^[a-z0-9][a-z0-9.-]{0,34}$/,
        "a topic: 1 to 35 lower-case letters, digits, dots and hyphens, a letter or digit first",
      ),
    )
    .max(25)
    .default([])
    .describe("Words to find it by."),
  labels: z.array(label).default([]).describe("Labels of issues and pull requests."),
  archived: z.boolean().default(false).describe("true: everyone can read, nobody can write."),
  protect: z
    .strictObject({
      branch: branchName.optional().describe("Which branch. Default: the default branch."),
      approvals: z.int().min(0).max(20).default(1).describe("How many people must approve a pull request."),
      statusChecks: z.array(name.max(255)).default([]).describe("Checks that must pass before it is merged."),
    })
    .optional()
    .describe("Protection of a branch: changes come by pull request. Default: none."),
  teams: z
    .record(z.string(), z.enum(["read", "triage", "write", "maintain", "admin"]))
    .default({})
    .describe(
      "What the tenant's teams may do, by their ids; `triage` and `maintain` in GitHub only. Roles have their access anyway.",
    ),
  files: z.array(file).default([]).describe("Files that are kept as they are here."),
  webhooks: z.array(webhook).default([]).describe("Addresses that hear of events."),
  deployKeys: z
    .array(deployKey)
    .default([])
    .describe("SSH keys of programs that read or write this repository."),
  actions: z
    .strictObject({
      variables: z
        .record(z.string(), z.string())
        .default({})
        .describe("Variables, by their names, in capital letters."),
      secrets: z
        .record(z.string(), secretReference)
        .default({})
        .describe("Secrets, by their names in capital letters: where each is read from, `env:NAME`."),
    })
    .prefault({})
    .describe("What workflows of GitHub Actions read. GitHub only."),
});
