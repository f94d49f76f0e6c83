import type * as pulumi from "@pulumi/pulumi";
import * as github from "../../sdks/github.ts";
import { Password } from "../../../providers/tenantry/password.ts";
import type { SourceWebhook } from "../repository.ts";
import { webhookId } from "../webhook-id.ts";

/** Makes a webhook and the secret that it signs with. Gives what it is called among access details, and the secret. */
export function createWebhook(
  name: string,
  { url, events, contentType = "json", active = true, rotation }: SourceWebhook,
  repository: github.Repository,
  parent: pulumi.Resource,
): readonly [string, pulumi.Output<string>] {
  const id = webhookId(url);
  const child = `${name}-webhook-${id}`;
  const { password: secret } = new Password(
    `${child}-secret`,
    { length: 40, ...(rotation !== undefined && { rotation }) },
    { parent },
  );
  new github.RepositoryWebhook(
    child,
    {
      repository: repository.name,
      active,
      events: [...events],
      configuration: { url, contentType, insecureSsl: false, secret },
    },
    { parent, deletedWith: repository },
  );
  return [id, secret];
}
