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

/** An error of a session as people understand it. */
export interface SmtpTrouble {
  /** Goes on after the server's name: "refused the login: 535 5.7.8 no". */
  readonly text: string;
  /** Whether a second try at once may go better. */
  readonly passing: boolean;
}

/**
 * Explains an error of nodemailer, by whether it came while the session was opened or after that.
 */
export function explainSmtp(error: unknown, during: "open" | "send"): SmtpTrouble {
  const { message = "", code, originalCode = code, response, responseCode, command } = smtpError.parse(error);
  const certificate = certificateErrors.exec(`${originalCode ?? ""} ${message}`)?.[0];
  if (certificate !== undefined) {
    return lasting(
      `has a certificate that is not trusted (${certificate}): mend mail.host, or name its authority in NODE_EXTRA_CA_CERTS`,
    );
  }
  if (response !== undefined) {
    return {
      text: `refused ${refused(command, code)}: ${shortened(response)}`,
      passing: responseCode === 421,
    };
  }
  if (code === "EDNS") return lasting("has a name that leads to no address");
  if (code === "ETIMEDOUT" || originalCode === "ETIMEDOUT") {
    return lasting(during === "open" ? "does not answer in time" : unsure("stopped answering"));
  }
  if (code === "ETLS") return lasting("does not encrypt: mail.tls says it should");
  const why = originalCode === undefined || originalCode === code ? "" : ` (${originalCode})`;
  return during === "open"
    ? { text: `can't be talked to${why}: the connection was refused or broke`, passing: true }
    : lasting(unsure(`broke the connection${why}`));
}

const lasting = (text: string): SmtpTrouble => ({ text, passing: false });

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

/** What the server said, on one line of a readable length. */
function shortened(response: string): string {
  const line = response.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
