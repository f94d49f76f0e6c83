/** The mail server's process: listens on loopback, and stores what arrives in the folder that it's given. */
import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import { Inbox } from "./inbox.ts";

const { PORT, SMTP_USERNAME, SMTP_PASSWORD } = process.env;
const [folder] = process.argv.slice(2);
if (folder === undefined || !SMTP_USERNAME || !SMTP_PASSWORD) {
  throw new Error("main.ts <inbox>, with PORT, SMTP_USERNAME and SMTP_PASSWORD");
}
const inbox = new Inbox(folder);

const server = new SMTPServer({
  banner: "Tenantry's mail for development",
  authMethods: ["PLAIN", "LOGIN"],
  // Nothing leaves this machine.
  disabledCommands: ["STARTTLS"],
  allowInsecureAuth: true,
  disableReverseLookup: true,
  size: 10_000_000,
  rejectOversized: true,
  closeTimeout: 1_000,
  onAuth({ username, password }, _session, done) {
    if (username === SMTP_USERNAME && password === SMTP_PASSWORD) done(null, { user: username });
    else done(new Error("wrong user name or password"));
  },
  onData(stream, session, done) {
    inbox.store(stream, session.envelope.rcptTo).then(
      () => done(),
      (error: unknown) => {
        console.error(error);
        done(new Error("the mail can't be stored"));
      },
    );
  },
});
server.on("error", (error) => console.error(error));
await once(server.listen(Number(PORT), "127.0.0.1"), "listening");
process.once("SIGTERM", () => server.close(() => process.exit()));
