import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** Where in a session something goes wrong. */
export type Step = "greeting" | "login" | "sender" | "recipient" | "mail" | "answer";

/** `drop`: ends the connection. `hang`: says nothing any more. Else, what it answers. */
export type Trouble = "drop" | "hang" | { readonly code: number; readonly text: string };

/**
 * A real SMTP server on a free loopback port that misbehaves as told. `answer` is the moment after a mail was taken, when
 * only its confirmation is missing.
 */
export class UnwellMailServer {
  /** What it took, as it came. */
  readonly mails: Buffer[] = [];
  /** How many connections were made. */
  connections = 0;
  #troubles: { readonly step: Step; readonly trouble: Trouble; times: number }[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 1,
      onConnect: (_session, done) => this.#at("greeting", done),
      onAuth: ({ username }, _session, done) =>
        this.#at("login", (error) => (error ? done(error) : done(null, { user: username ?? "" }))),
      onMailFrom: (_address, _session, done) => this.#at("sender", done),
      onRcptTo: (_address, _session, done) => this.#at("recipient", done),
      onData: (stream, _session, done) => {
        void buffer(stream).then((mail) =>
          this.#at("mail", (refused) => {
            if (!refused) this.mails.push(mail);
            if (refused) done(refused);
            else this.#at("answer", done);
          }),
        );
      },
      ...options,
    });
    this.#server.on("error", () => undefined);
    this.#server.server.on("connection", (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** Starts one without TLS, unless `options` say more. */
  static async start(
    options: SMTPServerOptions = { disabledCommands: ["STARTTLS"] },
  ): Promise<UnwellMailServer> {
    const made = new UnwellMailServer(options);
    await once(made.#server.listen(0, "127.0.0.1"), "listening");
    return made;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** The next `times` sessions that get to `step` end in `trouble`. */
  trouble(step: Step, trouble: Trouble, times = Infinity): void {
    this.#troubles.push({ step, trouble, times });
  }

  /** All is well from now on. */
  heal(): void {
    this.#troubles = [];
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #at(step: Step, done: (error?: Error | null) => void): void {
    const found = this.#troubles.find((each) => each.step === step && each.times > 0);
    if (found) found.times -= 1;
    if (found === undefined) done(null);
    else if (found.trouble === "drop") for (const socket of this.#sockets) socket.destroy();
    else if (found.trouble !== "hang") done(refusal(found.trouble));
  }
}

function refusal({ code, text }: { readonly code: number; readonly text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
