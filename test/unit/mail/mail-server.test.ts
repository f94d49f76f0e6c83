import { describe, expect, test } from "@jest/globals";
import { mailServer } from "../../../providers/mail/mail-server.ts";
import { parseMailbox } from "../../../providers/mail/mailbox.ts";

const host = { SMTP_HOST: "smtp.acme.example" };

describe("settings", () => {
  test.each<[string, Record<string, string | undefined>, object]>([
    ["a host alone", host, { host: "smtp.acme.example", port: 587, tls: "starttls" }],
    [
      "what is set to nothing",
      { ...host, SMTP_PORT: "", SMTP_TLS: "", SMTP_USERNAME: "", SMTP_FROM: "" },
      { host: "smtp.acme.example", port: 587, tls: "starttls" },
    ],
    [
      "TLS from the start",
      { ...host, SMTP_TLS: "implicit" },
      { host: "smtp.acme.example", port: 465, tls: "implicit" },
    ],
    [
      "none, here",
      { SMTP_HOST: "127.0.0.1", SMTP_TLS: "none", SMTP_PORT: "2525" },
      { host: "127.0.0.1", port: 2525, tls: "none" },
    ],
    [
      "none, here by name",
      { SMTP_HOST: "localhost", SMTP_TLS: "none" },
      { host: "localhost", port: 25, tls: "none" },
    ],
    ["none, here by IPv6", { SMTP_HOST: "::1", SMTP_TLS: "none" }, { host: "::1", port: 25, tls: "none" }],
  ])("%s", (_what, environment, server) => {
    expect(mailServer(environment)).toEqual(server);
  });

  test("a login and a sender", () => {
    const login = { SMTP_USERNAME: "u", SMTP_PASSWORD: "p", SMTP_FROM: '"Acme, Inc." <a@acme.example>' };
    expect(mailServer({ ...host, ...login })).toEqual({
      host: "smtp.acme.example",
      port: 587,
      tls: "starttls",
      login: { username: "u", password: "p" },
      from: { name: "Acme, Inc.", address: "a@acme.example" },
    });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["no host", {}, /no mail server is named/],
    ["a mode that isn't", { ...host, SMTP_TLS: "ssl" }, /SMTP_TLS is no way to encrypt/],
    [
      "no encryption over a network",
      { ...host, SMTP_TLS: "none" },
      /mail to smtp\.acme\.example would travel unencrypted/,
    ],
    [
      "a name that begins like this machine's",
      { SMTP_HOST: "127.0.0.1.acme.example", SMTP_TLS: "none" },
      /unencrypted/,
    ],
    ["a port that isn't", { ...host, SMTP_PORT: "smtp" }, /SMTP_PORT is no port/],
    ["a port too high", { ...host, SMTP_PORT: "65536" }, /SMTP_PORT is no port/],
    ["two senders", { ...host, SMTP_FROM: "a@acme.example, b@acme.example" }, /SMTP_FROM is no sender/],
    ["a user without a password", { ...host, SMTP_USERNAME: "u" }, /SMTP_USERNAME is set alone/],
    ["a password without a user", { ...host, SMTP_PASSWORD: "p-4711" }, /SMTP_PASSWORD is set alone/],
  ])("%s is refused", (_what, environment, message) => {
    expect(() => mailServer(environment)).toThrow(
      expect.objectContaining({
        code: "mail-settings",
        system: "Mail",
        message: expect.stringMatching(message),
      }),
    );
  });
});

test.each([
  ["a@b.example", { name: "", address: "a@b.example" }],
  ["Accounts <a@b.example>", { name: "Accounts", address: "a@b.example" }],
  ["a@b.example, c@d.example", undefined],
  ["Team: a@b.example, c@d.example;", undefined],
  ["A <a@b.example>\r\nBcc: c@d.example", undefined],
  ["nobody", undefined],
  ["A <>", undefined],
  ["", undefined],
])("the sender %j", (text, mailbox) => {
  expect(parseMailbox(text)).toEqual(mailbox);
});
