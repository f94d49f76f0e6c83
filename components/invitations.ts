import * as pulumi from "@pulumi/pulumi";
import type { InvitationArgs } from "../providers/mail/invitation.ts";
import { firstInvitation, Invitation } from "../providers/mail/invitation.ts";
import { failureText } from "../providers/failure-text.ts";
import { Failure } from "../report/failure.ts";
import { admits, type Admission } from "./admission.ts";
import type { Person } from "./person.ts";

export interface InvitationsArgs extends Admission {
  /** The tenant's id. Default: the component's name. */
  readonly tenant?: string;
  /** The tenant's name that people read. Default: its id. */
  readonly displayName?: string;
  /** The folder in `invitations/` that holds the mail's text. Default: default. */
  readonly template?: string;
  /** Where answers go, and whom to ask. Default: the sender. */
  readonly replyTo?: string | undefined;
  /** The page where people find help. Default: none. */
  readonly supportUrl?: string | undefined;
  readonly people?: readonly Invitee[];
}

/** Somebody to tell of what there is for them. */
export interface Invitee extends Pick<Person, "username" | "firstName" | "lastName" | "expires" | "reset"> {
  readonly email: string;
  /** What they have, in the order in which to name it. */
  readonly systems: readonly InvitedSystem[];
  /** Everything that must be there before they hear of it. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** One system in an invitation. */
export type InvitedSystem = InvitationArgs["values"]["systems"][number];

/** Whether somebody was told. */
export interface InvitationAccess {
  /** When the mail server took the mail, as an ISO 8601 time. */
  readonly sentAt: pulumi.Output<string | undefined>;
  /** The `Message-ID` of what was sent. */
  readonly messageId: pulumi.Output<string | undefined>;
  /** Why nothing was sent. */
  readonly failure: pulumi.Output<string | undefined>;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Invitations";

/**
 * A mail to each person, sent once for each reason, after everything that it tells of is there: somebody who has a broken
 * account hears when it is mended, and keeps nobody else's mail. What can't be sent is a warning, and sent by the next up.
 */
export class Invitations extends pulumi.ComponentResource {
  readonly people: Readonly<Record<string, InvitationAccess>>;

  readonly #name: string;

  constructor(name: string, args: InvitationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.people = Object.fromEntries(
      (args.people ?? []).map((person) => [person.username, this.#invite(person, args)]),
    );
    this.registerOutputs({ people: this.people });
  }

  #invite(person: Invitee, args: InvitationsArgs): InvitationAccess {
    const { tenant = this.#name, displayName = tenant, template = "default", replyTo, supportUrl } = args;
    const { username, firstName, lastName, email, systems, expires, reset, dependsOn } = person;
    const invitation = new Invitation(
      `${this.#name}-user-${username}`,
      {
        tenant,
        person: username,
        to: email,
        reason: reset ?? firstInvitation,
        enabled: admits(args, person),
        template,
        replyTo,
        values: {
          person: { username, firstName, lastName, email },
          tenant: { id: tenant, name: displayName },
          systems,
          expires,
          support: { email: replyTo, url: supportUrl },
        },
      },
      { parent: this, dependsOn: [...dependsOn] },
    );
    const { sentAt, messageId, failure } = invitation;
    failure.apply((reason) => {
      // A preview knows only what the last up left, and that is what the next up mends.
      if (reason !== undefined && !pulumi.runtime.isDryRun()) warn(email, reason, invitation);
    });
    const sent = pulumi.all([sentAt, messageId]).apply(([when, id]) => (when === undefined ? undefined : id));
    return { sentAt, messageId: sent, failure };
  }
}

/** Says in the run's report that somebody has no mail. */
function warn(email: string, reason: string, invitation: Invitation): void {
  const failure = new Failure("invitation-not-sent", `no mail to ${email}: ${reason}`, {
    system: "Mail",
    fix: "run up again: it sends what wasn't sent",
  });
  void pulumi.log.warn(failureText(failure), invitation);
}
