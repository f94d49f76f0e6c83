import SMTPConnection from "nodemailer/lib/smtp-connection";
import { explainSmtp } from "./explain-smtp.ts";
import type { MailServer } from "./mail-server.ts";

/**
 * A session with a mail server that let us in. nodemailer's transport does all in one call, which doesn't tell whether
 * a connection broke before or after the mail went over it.
 */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  /** Fails when the connection does. */
  readonly #broken: Promise<never>;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    this.#broken = new Promise((_resolve, reject) => {
      connection.on("error", reject);
      connection.once("end", () => reject(ended()));
    });
    // Whoever waits for something hears of it; when nobody does, it doesn't matter.
    this.#broken.catch(() => undefined);
  }

  /** Connects, encrypts and signs in. Throws an {@link SmtpTrouble}. */
  static async open({ host, port, tls, login }: MailServer, timeout: number): Promise<SmtpSession> {
    const connection = new SMTPConnection({
      host: host.replace(/^\[(.*)\]$/, "$1"),
      port,
      secure: tls === "implicit",
      requireTLS: tls === "starttls",
      ignoreTLS: tls === "none",
      // The name of this machine is nobody's business, and often is none.
      name: "localhost",
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      dnsTimeout: timeout,
      socketTimeout: timeout,
    });
    const session = new SmtpSession(connection);
    try {
      await session.#step((done) => connection.connect(done));
      if (login !== undefined) {
        const credentials = { user: login.username, pass: login.password };
        await session.#step((done) => connection.login({ credentials }, done));
      }
      return session;
    } catch (error) {
      connection.close();
      throw explainSmtp(error, "open");
    }
  }

  /** Hands over a mail; done when the server has taken it. Throws an {@link SmtpTrouble}. */
  async send(from: string, to: string, message: Buffer): Promise<void> {
    try {
      await this.#step((done) => this.#connection.send({ from, to }, message, done));
    } catch (error) {
      throw explainSmtp(error, "send");
    }
  }

  close(): void {
    this.#connection.quit();
  }

  #step(act: (done: (error?: Error | null) => void) => void): Promise<void> {
    const done = new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
    return Promise.race([done, this.#broken]);
  }
}

function ended(): Error {
  return Object.assign(new Error("Connection closed"), { code: "ECONNECTION" });
}
