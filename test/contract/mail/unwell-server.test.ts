import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer, type AddressInfo } from "node:net";
import tls from "node:tls";
import PostalMime from "postal-mime";
import {
  configure,
  type InvitationInputs,
  type InvitationOutputs,
} from "../../../providers/mail/invitation-implementation.ts";
import type { Implementation } from "../../../providers/implementation.ts";
import { serve } from "../../../providers/serve.ts";
import { selfSigned } from "../../../testbed/self-signed.ts";
import { UnwellMailServer, type Step, type Trouble } from "../../support/unwell-mail-server.ts";
import { invitationOf } from "./invitation-inputs.ts";

const secret = "Smtp-Password.0815";
const oneTime = "Once-Only.4711";
const inputs = invitationOf("chloe");
/** Only for those who wait for an answer that never comes: a busy machine needs longer for one that does. */
const impatient = 1_500;
const at = (
  port: number,
  change: Record<string, string> = {},
  timeout = 15_000,
): Implementation<InvitationInputs, InvitationOutputs> =>
  configure(
    {
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(port),
      SMTP_TLS: "none",
      SMTP_FROM: "accounts@acme.example",
      SMTP_USERNAME: "tenantry",
      SMTP_PASSWORD: secret,
      ...change,
    },
    { timeout },
  );

/** Not sent, and in one line why. */
function expectFailure({ failure, sentAt }: InvitationOutputs, text: RegExp): void {
  expect(failure).toMatch(text);
  expect(failure).toMatch(/^mail server [\w.:-]+ \S/);
  expect(failure).not.toMatch(/[\r\n]/);
  expect(failure).not.toMatch(/Smtp-|Once-|Chlo|Welcome/);
  expect(failure?.length).toBeLessThan(320);
  expect(sentAt).toBeUndefined();
}

describe("a server that misbehaves", () => {
  let server: UnwellMailServer;
  beforeEach(async () => {
    server = await UnwellMailServer.start();
  });
  afterEach(() => server.close());

  test.each<[string, Step, Trouble, RegExp]>([
    ["is full", "greeting", { code: 421, text: "4.3.2 too many" }, /refused us: 421 4\.3\.2 too many/],
    ["doesn't want us", "greeting", { code: 554, text: "go away" }, /refused us: 554 go away/],
    ["hangs up at once", "greeting", "drop", /can't be talked to/],
    ["says nothing", "greeting", "hang", /does not answer in time/],
    ["refuses the login", "login", { code: 535, text: "5.7.8 no" }, /refused the login: 535 5\.7\.8 no/],
    [
      "quotes what it refuses",
      "login",
      { code: 535, text: `no ${secret} ${Buffer.from(`\0tenantry\0${secret}`).toString("base64")}` },
      /refused the login: 535 no … …/,
    ],
    ["hangs up at the login", "login", "drop", /can't be talked to/],
    ["refuses the sender", "sender", { code: 553, text: "not yours" }, /refused the sender: 553 not yours/],
    [
      "knows no such person",
      "recipient",
      { code: 550, text: "5.1.1 unknown" },
      /refused the recipient: 550 5\.1\.1 unknown/,
    ],
    [
      "wants it later",
      "recipient",
      { code: 450, text: "greylisted" },
      /refused the recipient: 450 greylisted/,
    ],
    ["hangs up before the mail", "recipient", "drop", /broke the connection/],
    ["hangs before the mail", "recipient", "hang", /stopped answering/],
    [
      "doesn't like the mail",
      "mail",
      { code: 554, text: `spam: ${oneTime}` },
      /refused the mail: 554 spam: …/,
    ],
    ["hangs up after the mail", "mail", "drop", /broke the connection/],
    ["hangs after the mail", "mail", "hang", /stopped answering before it said that it has the mail/],
    [
      "quotes at the end of a long line",
      "mail",
      { code: 554, text: `${"blah ".repeat(43)}${oneTime} ${secret}` },
      /refused the mail: 554 blah .*…$/,
    ],
    ["talks a lot", "mail", { code: 554, text: "blah ".repeat(500) }, /refused the mail: 554 blah .*…$/],
  ])("%s: said, and sent once by the next update", async (_what, step, trouble, text) => {
    server.trouble(step, trouble);
    const hangs = trouble === "hang";
    const { id, outputs } = await at(server.port, {}, hangs ? impatient : undefined).create(inputs);
    expectFailure(outputs, text);
    expect(server.mails).toEqual([]);
    const still = await at(server.port, {}, hangs ? impatient : undefined).update(id, outputs, inputs);
    expect(still).toEqual(outputs);

    server.heal();
    const invitation = at(server.port);
    expect(await serve(invitation).diff(id, { ...still }, { ...inputs })).toMatchObject({ changes: true });
    const sent = await invitation.update(id, still, inputs);
    expect(sent).toEqual({ ...inputs, messageId: outputs.messageId, sentAt: expect.any(String) });
    await invitation.update(id, sent, inputs);
    expect(server.mails).toHaveLength(1);
  });

  test.each<[string, Trouble]>([
    ["hangs up", "drop"],
    ["hangs", "hang"],
  ])("one that took the mail and %s: what comes next is the same mail", async (_what, trouble) => {
    server.trouble("answer", trouble, 1);
    const { id, outputs } = await at(server.port, {}, impatient).create(inputs);
    expectFailure(outputs, /may be a second copy of the same Message-ID/);
    // Not tried again by itself: it may well have arrived.
    expect(server.mails).toHaveLength(1);
    const sent = await at(server.port).update(id, outputs, inputs);
    expect(sent.failure).toBeUndefined();
    const ids = await Promise.all(server.mails.map(async (mail) => (await PostalMime.parse(mail)).messageId));
    expect(ids).toEqual([outputs.messageId, outputs.messageId]);
  });

  test.each<[string, Step, Trouble]>([
    ["a connection that breaks", "greeting", "drop"],
    ["a server that is full", "greeting", { code: 421, text: "too many" }],
    ["a login that breaks", "login", "drop"],
  ])("%s once is not noticed", async (_what, step, trouble) => {
    server.trouble(step, trouble, 1);
    const { outputs } = await at(server.port).create(inputs);
    expect(outputs.failure).toBeUndefined();
    expect(server.mails).toHaveLength(1);
    expect(server.connections).toBe(2);
  });

  test.each<[string, Step, Trouble]>([
    ["a refused recipient", "recipient", { code: 450, text: "later" }],
    ["a connection that breaks after the sign-in", "sender", "drop"],
    ["a refused login", "login", { code: 535, text: "no" }],
    ["a lost answer", "answer", "drop"],
  ])("%s is not tried again at once", async (_what, step, trouble) => {
    server.trouble(step, trouble, 1);
    expect((await at(server.port).create(inputs)).outputs.failure).toBeDefined();
    expect(server.connections).toBe(1);
  });

  test("one without logins takes mail without", async () => {
    const { outputs } = await at(server.port, { SMTP_USERNAME: "", SMTP_PASSWORD: "" }).create(inputs);
    expect(outputs.failure).toBeUndefined();
  });

  test("nothing goes to one that doesn't encrypt though it should", async () => {
    const { outputs } = await at(server.port, { SMTP_TLS: "starttls" }).create(inputs);
    expectFailure(outputs, /refused to encrypt: 50\d/);
    expect(server.mails).toEqual([]);
    const { outputs: implicit } = await at(server.port, { SMTP_TLS: "implicit" }, impatient).create(inputs);
    expectFailure(implicit, /can't be talked to|does not encrypt|does not answer in time/);
  });
});

describe("certificates", () => {
  const certificate = selfSigned();
  const before = tls.getCACertificates("default");
  let starttls: UnwellMailServer;
  let implicit: UnwellMailServer;
  beforeAll(async () => {
    starttls = await UnwellMailServer.start(certificate);
    implicit = await UnwellMailServer.start({ ...certificate, secure: true });
  });
  afterEach(() => tls.setDefaultCACertificates(before));
  afterAll(async () => {
    await starttls.close();
    await implicit.close();
  });

  test.each(["starttls", "implicit"] as const)(
    "%s: nothing is said to one that nobody vouches for",
    async (mode) => {
      const server = mode === "starttls" ? starttls : implicit;
      const invitation = at(server.port, { SMTP_TLS: mode });
      const { id, outputs } = await invitation.create(inputs);
      expectFailure(outputs, /has a certificate that is not trusted \([A-Z_]+\): .*NODE_EXTRA_CA_CERTS/);
      expect(server.mails).toEqual([]);
      expect(server.connections).toBe(1);
      tls.setDefaultCACertificates([...before, certificate.cert]);
      expect((await invitation.update(id, outputs, inputs)).failure).toBeUndefined();
      expect(server.mails).toHaveLength(1);
    },
  );

  test("one for another name", async () => {
    tls.setDefaultCACertificates([...before, certificate.cert]);
    const { outputs } = await at(starttls.port, { SMTP_HOST: "localhost", SMTP_TLS: "starttls" }).create(
      inputs,
    );
    expectFailure(outputs, /certificate that is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });
});

test("nobody listens there", async () => {
  const server = await UnwellMailServer.start();
  const { port } = server;
  await server.close();
  expectFailure((await at(port).create(inputs)).outputs, /can't be talked to \(ECONNREFUSED\)/);
});

test("a name that leads nowhere", async () => {
  const { outputs } = await at(25, { SMTP_HOST: "mail.invalid", SMTP_TLS: "starttls" }, impatient).create(
    inputs,
  );
  expectFailure(outputs, /has a name that leads to no address|does not answer in time/);
});

test("something that is no mail server", async () => {
  const web = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const { outputs } = await at((web.address() as AddressInfo).port).create(inputs);
  expectFailure(outputs, /refused us: HTTP\/1\.1 400 Bad Request/);
  await new Promise((resolve) => web.close(resolve));
});
