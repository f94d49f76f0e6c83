import * as pulumi from "@pulumi/pulumi";
import { DynamicResource, type Kind } from "../dynamic.ts";
import type { InvitationValues } from "./invitation-values.ts";

const kind: Kind = {
  module: "mail",
  type: "Invitation",
  outputs: ["messageId", "sentAt", "failure"],
  secretOutputs: ["values"],
};

/** The same shape with an `Input` for each text. */
type InputsOf<T> = T extends string
  ? pulumi.Input<T>
  : T extends readonly (infer Each)[]
    ? readonly InputsOf<Each>[]
    : { readonly [Key in keyof T]: InputsOf<T[Key]> };

export { firstInvitation } from "./invitation-reason.ts";

export interface InvitationArgs {
  /** The tenant's id. */
  readonly tenant: string;
  /** The person's username: with the tenant it is who is invited. */
  readonly person: string;
  /** The person's mail address. A new one is sent to again. */
  readonly to: string;
  /** Why: `firstInvitation`, or the text of the person's `reset`. A new text sends again. */
  readonly reason: string;
  /** `false`: no mail to somebody who is shut out; what is due goes out when they aren't any more. Default: true. */
  readonly enabled?: pulumi.Input<boolean>;
  /** A folder in `invitations/`; a file that it lacks is taken from `default`. */
  readonly template: string;
  /** What the template says. A change alone sends nothing. Give passwords as secrets. */
  readonly values: InputsOf<InvitationValues>;
  /** The sender, `a@b.example` or `Name <a@b.example>`. Default: `SMTP_FROM`. */
  readonly from?: string | undefined;
  /** Where answers go. Default: to the sender. */
  readonly replyTo?: string | undefined;
}

/**
 * One mail to a person, sent once for each reason, that says what they have access to and how to get in. It should
 * depend on everything that it tells of.
 *
 * Mail that can't be sent fails nothing: `failure` says why, and the next `up` sends it. A refresh never sends, and
 * deleting takes nothing back. What is wrong with a template is found in the preview.
 */
export class Invitation extends DynamicResource {
  /** The mail's `Message-ID`: always the same for the same invitation. */
  declare readonly messageId: pulumi.Output<string>;
  /** When the mail server took it, as an ISO 8601 time; absent when it didn't. */
  declare readonly sentAt: pulumi.Output<string | undefined>;
  /** Why it isn't sent, in one line without secrets; absent when it is. */
  declare readonly failure: pulumi.Output<string | undefined>;

  constructor(name: string, args: InvitationArgs, options?: pulumi.CustomResourceOptions) {
    super(kind, name, args, options);
  }
}
