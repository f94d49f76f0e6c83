import * as pulumi from "@pulumi/pulumi";
import { DeployKey } from "../../../providers/gitea/deploy-key.ts";
import type { Organization } from "../../../providers/gitea/organization.ts";
import { RepositoryFile } from "../../../providers/gitea/repository-file.ts";
import { Repository } from "../../../providers/gitea/repository.ts";
import { Webhook } from "../../../providers/gitea/webhook.ts";
import type { RepositoryAccess, SourceRepository } from "../repository.ts";
import { webhookId } from "../webhook-id.ts";

interface Place {
  readonly tenant: string;
  readonly organization: Organization;
  readonly adopt: boolean;
  readonly protect: boolean;
  readonly parent: pulumi.Resource;
}

/** Makes a repository. */
export function createRepository(name: string, declared: SourceRepository, place: Place): Repository {
  const { visibility = "private", defaultBranch = "main", protect, description = "" } = declared;
  const { topics = [], labels = [], archived = false, template } = declared;
  return new Repository(
    name,
    {
      organization: place.organization.name,
      name: declared.name,
      description,
      private: visibility === "private",
      template,
      defaultBranch,
      topics,
      labels,
      archived,
      branchProtection: protect && { ...protect, branch: protect.branch ?? defaultBranch },
      adopt: place.adopt,
    },
    { parent: place.parent, protect: place.protect },
  );
}

/** Makes everything that belongs to a repository, and goes with it; says how to work with it. */
export function fillRepository(
  name: string,
  repository: Repository,
  { files = [], deployKeys = [], webhooks = [] }: SourceRepository,
  { tenant, organization, parent }: Place,
): RepositoryAccess {
  const path = pulumi.interpolate`${organization.name}/${repository.name}`;
  const options = { parent, deletedWith: repository };
  for (const file of files) {
    new RepositoryFile(`${name}-file-${file.path}`, { ...file, tenant, repository: path }, options);
  }
  for (const key of deployKeys) {
    new DeployKey(`${name}-key-${key.title}`, { ...key, repository: path }, options);
  }
  const secrets = webhooks.map((webhook) => {
    const id = webhookId(webhook.url);
    const { secret } = new Webhook(`${name}-webhook-${id}`, { ...webhook, repository: path }, options);
    return [id, pulumi.secret(secret)] as const;
  });
  return {
    url: repository.htmlUrl,
    clone: repository.cloneUrl,
    cloneBySsh: repository.sshUrl,
    ...(secrets.length > 0 && { webhookSecrets: Object.fromEntries(secrets) }),
  };
}
