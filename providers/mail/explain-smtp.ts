import { z } from "zod";

/** What nodemailer's errors hold. */
const smtpError = z
  .object({
    message: z.string(),
    code: z.string(),
    /** Node's code, where nodemailer put one of its own in its place. */
    originalCode: z.string(),
    /** What the server said. */
    response: z.string(),
    responseCode: z.number(),
    command: z.string(),
  })
  .partial()
  .catch({});

const certificateErrors =
  /\b(?:CERT_\w+|ERR_TLS_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|HOSTNAME_MISMATCH)\b/;

/**
 * What went wrong in a session, as people understand it. Its message is one line that goes on after the server's name. It
 * quotes what the server said, which may be anything.
 */
export class SmtpTrouble extends Error {
  /** Whether a second try at once may go better. */
  readonly passing: boolean;

  constructor(message: string, passing = false) {
    super(message);
    this.passing = passing;
  }
}

/**
 * Explains an error of nodemailer, by whether it came while the session was opened or after that.
 */
export function explainSmtp(error: unknown, during: "open" | "send"): SmtpTrouble {
  const { message = "", code, originalCode = code, response, responseCode, command } = smtpError.parse(error);
  const certificate = certificateErrors.exec(`${originalCode ?? ""} ${message}`)?.[0];
  if (certificate !== undefined) {
    return new SmtpTrouble(
      `has a certificate that is not trusted (${certificate}): mend mail.host, or name its authority in NODE_EXTRA_CA_CERTS`,
    );
  }
  if (response !== undefined) {
    return new SmtpTrouble(`refused ${refused(command, code)}: ${oneLine(response)}`, responseCode === 421);
  }
  if (code === "EDNS") return new SmtpTrouble("has a name that leads to no address");
  if (code === "ETIMEDOUT" || originalCode === "ETIMEDOUT") {
    return new SmtpTrouble(during === "open" ? "does not answer in time" : unsure("stopped answering"));
  }
  if (code === "ETLS") return new SmtpTrouble("does not encrypt: mail.tls says it should");
  const why = originalCode === undefined || originalCode === code ? "" : ` (${originalCode})`;
  return during === "open"
    ? new SmtpTrouble(`can't be talked to${why}: the connection is refused or breaks`, true)
    : new SmtpTrouble(unsure(`broke the connection${why}`));
}

const unsure = (what: string): string =>
  `${what} before it said that it has the mail, so the next try may be a second copy of the same Message-ID`;

function refused(command: string | undefined, code: string | undefined): string {
  if (code === "EAUTH") return "the login";
  if (command === "MAIL FROM") return "the sender";
  if (command === "RCPT TO") return "the recipient";
  if (command === "DATA") return "the mail";
  if (command === "STARTTLS") return "to encrypt";
  return "us";
}

/** What somebody said, on one line. */
function oneLine(response: string): string {
  return response.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}
