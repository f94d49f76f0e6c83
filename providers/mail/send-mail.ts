import MailComposer from "nodemailer/lib/mail-composer";
import pLimit from "p-limit";
import pRetry from "p-retry";
import { SmtpTrouble } from "./explain-smtp.ts";
import type { MailServer } from "./mail-server.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Message } from "./render-invitation.ts";
import { SmtpSession } from "./smtp-session.ts";

export interface Mail extends Message {
  readonly from: Mailbox;
  readonly to: string;
  readonly replyTo?: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** What is in there that must not be said elsewhere. */
  readonly secrets: readonly string[];
}

/** How a try ended: when the server took the mail, or why it didn't, in one line. */
export type Sent = { readonly sentAt: string } | { readonly failure: string };

/** Servers count connections of a client; few is never too many. */
const atOnce = pLimit(3);

/**
 * Hands a mail to the server, at most once: the way in is tried again when it breaks, but nothing after that. Never
 * throws for what the server does. `timeout` is how long the server may be silent, in milliseconds.
 */
export function sendMail(server: MailServer, mail: Mail, timeout = 20_000): Promise<Sent> {
  return atOnce(async () => {
    const message = await compose(mail);
    let session: SmtpSession | undefined;
    try {
      session = await pRetry(() => SmtpSession.open(server, timeout), {
        retries: 2,
        minTimeout: 250,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof SmtpTrouble && error.passing,
      });
      await session.send(mail.from.address, mail.to, message);
      return { sentAt: new Date().toISOString() };
    } catch (error) {
      if (!(error instanceof SmtpTrouble)) throw error;
      return { failure: describe(server, error.message, mail.secrets) };
    } finally {
      session?.close();
    }
  });
}

/** The line about a failure. Some servers quote what they refuse: no secret of the mail or of ours is in it. */
function describe({ host, port, login }: MailServer, text: string, mailed: readonly string[]): string {
  const ours = login ? [login.password, `${login.username}\0${login.password}`] : [];
  const hidden = [...mailed, ...ours, ...ours.map((each) => `\0${each}`)]
    .filter((secret) => secret !== "")
    .flatMap((secret) => [Buffer.from(secret).toString("base64"), secret])
    // What holds another one first.
    .sort((one, other) => other.length - one.length);
  const line = hidden.reduce((shown, secret) => shown.replaceAll(secret, "…"), text);
  return `mail server ${host}:${port} ${line.length > 240 ? `${line.slice(0, 239)}…` : line}`;
}

function compose({ from, to, replyTo, messageId, subject, text, html }: Mail): Promise<Buffer> {
  return new MailComposer({
    from,
    to: { name: "", address: to },
    ...(replyTo !== undefined && { replyTo: { name: "", address: replyTo } }),
    messageId,
    subject,
    text,
    html,
    // RFC 3834: no answer of a machine is wanted. The second one is Exchange's.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
