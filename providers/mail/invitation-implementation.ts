import { createHash } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { failureText } from "../failure-text.ts";
import type { Implementation } from "../implementation.ts";
import { firstInvitation } from "./invitation-reason.ts";
import { invitationValues } from "./invitation-values.ts";
import { mailServer } from "./mail-server.ts";
import { parseMailbox } from "./mailbox.ts";
import { checkTemplate, renderInvitation } from "./render-invitation.ts";
import { sendMail } from "./send-mail.ts";
import { templateName } from "./template-files.ts";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  person: z.string().min(1),
  to: z.email(),
  reason: z.string().min(1),
  enabled: z.boolean().default(true),
  template: z.string().regex(templateName, "the name of a folder in invitations/: a-z, 0-9 and hyphens"),
  values: invitationValues,
  from: z
    .string()
    .refine((text) => parseMailbox(text) !== undefined, "no sender: an address, or Name <address>")
    .optional(),
  replyTo: z.email().optional(),
});
const outputs = inputs.extend({
  messageId: z.string(),
  /** When the server took it. */
  sentAt: z.string().optional(),
  failure: z.string().optional(),
});

export type InvitationInputs = z.output<typeof inputs>;
export type InvitationOutputs = z.output<typeof outputs>;

interface Options {
  /** How long the server may be silent, in milliseconds. */
  readonly timeout?: number;
  /** The folder of the templates. */
  readonly directory?: string;
}

/** Makes the implementation with the mail server of an environment. */
export function configure(
  environment: Readonly<Record<string, string | undefined>>,
  { timeout, directory }: Options = {},
): Implementation<InvitationInputs, InvitationOutputs> {
  const send = async (news: InvitationInputs): Promise<InvitationOutputs> => {
    const server = mailServer(environment);
    const from = senderOf(news, server.from);
    const messageId = messageIdOf(news, from.address);
    if (!news.enabled) return { ...news, messageId };
    const message = renderInvitation(
      news.template,
      { ...news.values, reset: news.reason !== firstInvitation },
      directory,
    );
    const { to, replyTo } = news;
    const secrets = news.values.systems.flatMap(({ password }) => password ?? []);
    const sent = await sendMail(
      server,
      { ...message, from, to, ...(replyTo !== undefined && { replyTo }), messageId, secrets },
      timeout,
    );
    return { ...news, messageId, ...sent };
  };

  return {
    inputs,
    outputs,
    replaceOn: [],
    // No property: the engine would print all of it.
    check: (_olds, news) =>
      [
        () => senderOf(news, mailServer(environment).from),
        () => checkTemplate(news.template, directory),
      ].flatMap((attempt) => problemOf(attempt)),
    // A removed `reset` is recorded, so that the same text can come back. Whoever is shut out hears of theirs afterwards.
    differs: (olds, news) => news.enabled && (isDue(olds, news) || olds.reason !== news.reason),
    create: async (news) => ({ id: `${news.tenant}/${news.person}`, outputs: await send(news) }),
    // A mail can't be looked at once it's sent.
    read: (_id, state) => Promise.resolve(state),
    update: async (_id, olds, news) => {
      if (!news.enabled) return { ...olds, enabled: false };
      const { messageId, sentAt, failure } = olds;
      return isDue(olds, news) ? send(news) : { ...news, messageId, sentAt, failure };
    },
    // Nor taken back.
    delete: () => Promise.resolve(),
  };
}

/** Whether a mail has to go out: one that didn't, or another one. A `reset` that is removed from the file is none. */
function isDue(olds: InvitationOutputs, news: InvitationInputs): boolean {
  return (
    olds.sentAt === undefined ||
    olds.tenant !== news.tenant ||
    olds.person !== news.person ||
    olds.to !== news.to ||
    (olds.reason !== news.reason && news.reason !== firstInvitation)
  );
}

function senderOf(
  { from }: InvitationInputs,
  usual: ReturnType<typeof parseMailbox>,
): NonNullable<typeof usual> {
  const sender = from === undefined ? usual : parseMailbox(from);
  if (sender !== undefined) return sender;
  throw new Failure("mail-settings", "nobody is named as the sender of mail", {
    system: "Mail",
    fix: "set SMTP_FROM, or name mail.from in the environment's file",
  });
}

/**
 * The same mail has the same id, so that a second copy, sent because the answer to the first was lost, is known as one.
 * What it says counts too: somebody who comes back gets a mail of their own.
 */
function messageIdOf({ tenant, person, to, reason, values }: InvitationInputs, sender: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([tenant, person, to, reason, invitationValues.parse(values)]))
    .digest("hex");
  return `<${digest.slice(0, 40)}@${sender.slice(sender.lastIndexOf("@") + 1)}>`;
}

function problemOf(attempt: () => unknown): { property: string; reason: string }[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [{ property: "", reason: failureText(error) }];
  }
}
