import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { parseMailbox, type Mailbox } from "./mailbox.ts";

/** The server that takes our mail, and how to talk to it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `starttls` insists on it, `implicit` encrypts from the first byte, `none` is for this machine only. */
  readonly tls: "starttls" | "implicit" | "none";
  /** Absent where the server takes mail from known machines. */
  readonly login?: { readonly username: string; readonly password: string };
  /** The sender of mail that names none. */
  readonly from?: Mailbox;
}

const defaultPorts = { starttls: 587, implicit: 465, none: 25 };
const mode = z.enum(["starttls", "implicit", "none"]);
const portNumber = z.coerce.number().int().min(1).max(65_535);
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/**
 * Reads the server from `SMTP_HOST`, `SMTP_PORT` (default: by `SMTP_TLS`), `SMTP_TLS` (default: `starttls`),
 * `SMTP_USERNAME` with `SMTP_PASSWORD`, and `SMTP_FROM`.
 *
 * Throws a {@link Failure} `mail-settings` when they don't make sense.
 */
export function mailServer(environment: Readonly<Record<string, string | undefined>>): MailServer {
  // Set to nothing is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const host = given["SMTP_HOST"];
  if (!host) throw wrong("no mail server is named", "set SMTP_HOST, or name mail.host");
  const tls = mode.safeParse(given["SMTP_TLS"] ?? "starttls");
  if (!tls.success) throw wrong("SMTP_TLS is no way to encrypt", "make it starttls, implicit or none");
  if (tls.data === "none" && !loopback.test(host)) {
    throw wrong(
      `mail to ${host} would travel unencrypted`,
      "make SMTP_TLS, or mail.tls, starttls or implicit",
    );
  }
  const port = portNumber.safeParse(given["SMTP_PORT"] ?? defaultPorts[tls.data]);
  if (!port.success) throw wrong("SMTP_PORT is no port", "make it a number from 1 to 65535");
  const { SMTP_USERNAME: username, SMTP_PASSWORD: password } = given;
  if (!username !== !password) {
    throw wrong(
      `SMTP_${username ? "USERNAME" : "PASSWORD"} is set alone`,
      "set both SMTP_USERNAME and SMTP_PASSWORD, or neither",
    );
  }
  const from = given["SMTP_FROM"];
  const sender = from ? parseMailbox(from) : undefined;
  if (from && !sender) {
    throw wrong("SMTP_FROM is no sender", "make it an address, or: Name <address>");
  }
  return {
    host,
    tls: tls.data,
    port: port.data,
    ...(username && password && { login: { username, password } }),
    ...(sender && { from: sender }),
  };
}

function wrong(message: string, fix: string): Failure {
  return new Failure("mail-settings", message, {
    system: "Mail",
    fix: fix.includes("mail.") ? `${fix} in the environment's file` : fix,
  });
}
