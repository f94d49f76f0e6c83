import * as pulumi from "@pulumi/pulumi";
import * as github from "../../sdks/github.ts";
import type { RepositoryAccess, SourceRepository } from "../repository.ts";
import { protectBranch, type Protector } from "./protection.ts";
import type { Teams } from "./teams.ts";
import { createWebhook } from "./webhook.ts";

interface Place extends Protector {
  readonly tenant: string;
  readonly teams: Teams;
  readonly protect: boolean;
  readonly parent: pulumi.Resource;
}

/** Makes a repository. In an organization of many tenants its topics say whose it is. */
export function createRepository(
  name: string,
  declared: SourceRepository,
  { tenant, protect, parent }: Place,
): github.Repository {
  const { visibility = "private", description = "", topics = [], archived = false, template } = declared;
  const [owner = "", repository = ""] = template?.split("/") ?? [];
  return new github.Repository(
    name,
    {
      name: declared.name,
      description,
      visibility,
      topics: [...new Set([...topics, tenant])],
      archived,
      hasIssues: true,
      ...(template === undefined ? { autoInit: true } : { template: { owner, repository } }),
    },
    { parent, protect },
  );
}

/** Makes everything that belongs to a repository, and goes with it; says how to work with it. */
export function fillRepository(
  name: string,
  repository: github.Repository,
  declared: SourceRepository,
  place: Place,
): RepositoryAccess {
  const { defaultBranch = "main", labels = [], files = [], deployKeys = [], webhooks = [] } = declared;
  const { variables = {}, secrets = {} } = declared.actions ?? {};
  const options = { parent: place.parent, deletedWith: repository };
  const own = { repository: repository.name };

  // All of them: who else has access is drift.
  new github.RepositoryCollaborators(
    `${name}-collaborators`,
    { ...own, teams: [...place.teams.reaching(declared)], users: [] },
    options,
  );
  const branch = createDefaultBranch(name, defaultBranch, own, options);
  const committed = files.map(
    ({ path, content }) =>
      new github.RepositoryFile(
        `${name}-file-${path}`,
        // On a first run nothing is lost: git keeps what a template had there.
        {
          ...own,
          branch: defaultBranch,
          file: path,
          content,
          commitMessage: `Keep ${path}`,
          overwriteOnCreate: true,
        },
        { ...options, dependsOn: branch },
      ),
  );
  if (declared.protect) {
    const rules = { ...declared.protect, branch: declared.protect.branch ?? defaultBranch };
    // The first commits come before: from then on changes come by pull request.
    protectBranch(name, repository, rules, place, { ...options, dependsOn: [branch, ...committed] });
  }
  for (const { name: label, color, description = "" } of labels) {
    const args = { ...own, name: label, color: color.replace("#", ""), description };
    new github.IssueLabel(`${name}-label-${label}`, args, options);
  }
  for (const { title, key, readOnly = true } of deployKeys) {
    new github.RepositoryDeployKey(`${name}-key-${title}`, { ...own, title, key, readOnly }, options);
  }
  for (const [variableName, value] of Object.entries(variables)) {
    new github.ActionsVariable(`${name}-variable-${variableName}`, { ...own, variableName, value }, options);
  }
  for (const [secretName, value] of Object.entries(secrets)) {
    const args = { ...own, secretName, plaintextValue: pulumi.secret(value) };
    new github.ActionsSecret(`${name}-secret-${secretName}`, args, options);
  }
  const signed = webhooks.map((webhook) => createWebhook(name, webhook, repository, place.parent));
  return {
    url: repository.htmlUrl,
    clone: repository.httpCloneUrl,
    cloneBySsh: repository.sshCloneUrl,
    ...(signed.length > 0 && { webhookSecrets: Object.fromEntries(signed) }),
  };
}

/** A new repository begins with `main`; any other branch is made from it. */
function createDefaultBranch(
  name: string,
  branch: string,
  own: { readonly repository: pulumi.Output<string> },
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const dependsOn =
    branch === "main" ? [] : [new github.Branch(`${name}-branch-${branch}`, { ...own, branch }, options)];
  return new github.BranchDefault(`${name}-default-branch`, { ...own, branch }, { ...options, dependsOn });
}
