import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";

const kind: Kind = {
  module: "gitea",
  type: "Webhook",
  outputs: ["secret"],
  secretOutputs: ["secret", "url"],
};

interface WebhookSettings {
  /** Where it posts to. It may hold a credential, so it is kept as a secret. */
  readonly url: pulumi.Input<string>;
  /** Every event, by Gitea's names: `push`, `pull_request`, `release`, … */
  readonly events: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Default: `json`. */
  readonly contentType?: pulumi.Input<"json" | "form">;
  /** Default: true. */
  readonly active?: pulumi.Input<boolean>;
  /** Which branches' events it is for, as a pattern: `{main,release/*}`. Default: all. */
  readonly branchFilter?: pulumi.Input<string> | undefined;
  /** Any text. A new text makes a new secret. */
  readonly rotation?: pulumi.Input<string> | undefined;
}

/** A webhook of one repository (`organization/name`), or of an organization for all of its repositories. */
export type WebhookArgs = WebhookSettings &
  (
    | { readonly repository: pulumi.Input<string>; readonly organization?: undefined }
    | { readonly organization: pulumi.Input<string>; readonly repository?: undefined }
  );

/** Tells another system of events. Its `id` is the server's. */
export class Webhook extends DynamicResource {
  /** What its posts are signed with (HMAC-SHA256, in `X-Gitea-Signature`): made here, a secret. */
  declare readonly secret: pulumi.Output<string>;

  constructor(name: string, args: WebhookArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, { ...args, url: pulumi.secret(args.url) }, options);
  }
}
