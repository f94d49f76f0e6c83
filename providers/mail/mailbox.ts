import parseAddresses from "nodemailer/lib/addressparser";
import { z } from "zod";

/** Somebody who sends or gets mail. */
export interface Mailbox {
  /** May be empty. */
  readonly name: string;
  readonly address: string;
}

const address = z.email();

/** Reads `a@b.example` or `Name <a@b.example>`; `undefined` when it isn't exactly one of them on one line. */
export function parseMailbox(text: string): Mailbox | undefined {
  if (/\p{Cc}/u.test(text)) return undefined;
  const [mailbox, ...others] = parseAddresses(text, { flatten: true });
  if (mailbox === undefined || others.length > 0 || !address.safeParse(mailbox.address).success)
    return undefined;
  return { name: mailbox.name, address: mailbox.address };
}
