import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import {
  configure,
  type InvitationInputs,
  type InvitationOutputs,
} from "../../../providers/mail/invitation-implementation.ts";
import { serve, type Provider } from "../../../providers/serve.ts";
import type { Implementation } from "../../../providers/implementation.ts";
import { inboxOf, mail } from "../../../testbed/mail.ts";
import { Place } from "../../../testbed/place.ts";
import { startTestServers, testEnvironment } from "../../support/servers.ts";
import { invitationOf } from "./invitation-inputs.ts";

const inbox = inboxOf(new Place(testEnvironment, mail));
let invitation: Implementation<InvitationInputs, InvitationOutputs>;
let provider: Provider;
let inputs: InvitationInputs;

beforeAll(async () => {
  await startTestServers({ with: ["mail"] });
  invitation = configure(process.env);
  provider = serve(invitation);
});
beforeEach(() => {
  inputs = invitationOf(`chloe-${randomBytes(4).toString("hex")}`);
});

/** What arrived for somebody of this run, in order. */
async function arrived(person = inputs.person): Promise<Email[]> {
  const files = readdirSync(inbox)
    .filter((file) => file.includes(person) && file.endsWith(".eml"))
    .sort();
  return Promise.all(files.map((file) => PostalMime.parse(readFileSync(join(inbox, file)))));
}

const header = (email: Email, name: string): string[] =>
  email.headers.filter(({ key }) => key === name).map(({ value }) => value);

describe("create", () => {
  test("sends a mail that says everything, in text and in HTML", async () => {
    const { id, outputs } = await invitation.create(inputs);
    expect(id).toBe(`mail-co/${inputs.person}`);
    expect(outputs).toEqual({
      ...inputs,
      messageId: expect.stringMatching(/^<[0-9a-f]{40}@tenantry\.example>$/),
      sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const [email, ...others] = await arrived();
    expect(others).toEqual([]);
    expect(email).toMatchObject({
      messageId: outputs.messageId,
      from: { name: "Tenantry", address: "tenantry@tenantry.example" },
      to: [{ address: inputs.to }],
      subject: "Welcome to Acme & Sons: your access",
    });
    for (const part of [email?.text, email?.html]) {
      expect(part).toContain("Hello Chloé Yıldız,");
      expect(part).toContain("Once-Only.4711");
    }
    expect(email?.text).toContain("https://id.acme.example/account?a=1&b=2");
    expect(email?.html).toContain('href="https://id.acme.example/account?a=1&amp;b=2"');
    expect(email?.attachments).toEqual([]);
    if (email === undefined) return;
    expect(header(email, "auto-submitted")).toEqual(["auto-generated"]);
    expect(header(email, "content-type")).toEqual([expect.stringContaining("multipart/alternative")]);
  });

  test("only its owner can read what arrived", async () => {
    await invitation.create(inputs);
    const [file = ""] = readdirSync(inbox).filter((each) => each.includes(inputs.person));
    expect(statSync(join(inbox, file)).mode & 0o777).toBe(0o600);
    expect(statSync(inbox).mode & 0o777).toBe(0o700);
  });

  test("takes another sender, and where answers go", async () => {
    await invitation.create({ ...inputs, from: "Åsa <asa@acme.example>", replyTo: "help@acme.example" });
    expect(await arrived()).toMatchObject([
      { from: { name: "Åsa", address: "asa@acme.example" }, replyTo: [{ address: "help@acme.example" }] },
    ]);
  });

  test("a name can't add a header or a recipient", async () => {
    const name = `Acme\r\nBcc: mallory-${inputs.person}@evil.example\r\n\r\n<script>`;
    const { outputs } = await invitation.create({
      ...inputs,
      values: { ...inputs.values, tenant: { id: "mail-co", name } },
    });
    expect(outputs.sentAt).toBeDefined();
    const [email] = await arrived();
    expect(email?.subject).toMatch(/^Welcome to Acme Bcc: mallory/);
    expect(email?.bcc ?? []).toEqual([]);
    expect(email?.html).not.toContain("<script");
    expect(await arrived(`mallory-${inputs.person}`)).toEqual([]);
  });

  test("ten at once", async () => {
    const people = Array.from({ length: 10 }, (_, index) => `${inputs.person}-${index}x`);
    const made = await Promise.all(people.map((person) => invitation.create(invitationOf(person))));
    expect(made.map(({ outputs }) => outputs.failure)).toEqual(people.map(() => undefined));
    expect((await Promise.all(people.map((person) => arrived(person)))).map((each) => each.length)).toEqual(
      people.map(() => 1),
    );
  });

  test("a second try of the same is the same mail, another one isn't", async () => {
    const ids = async (change: Partial<InvitationInputs>): Promise<string> =>
      (await invitation.create({ ...inputs, ...change })).outputs.messageId;
    const first = await ids({});
    expect(await ids({})).toBe(first);
    // Keys come back from the engine in its own order.
    const { person, tenant, systems, support } = inputs.values;
    expect(await ids({ values: { support, systems, tenant, person } })).toBe(first);
    const others = await Promise.all([
      ids({ reason: "lost-phone" }),
      ids({ tenant: "other-co" }),
      ids({ values: { ...inputs.values, systems: [{ title: "Database", password: "Once-Only.4712" }] } }),
    ]);
    expect(new Set([first, ...others]).size).toBe(4);
  });
});

describe("update", () => {
  test("of what it says sends nothing", async () => {
    const { id, outputs } = await invitation.create(inputs);
    const news = {
      ...inputs,
      replyTo: "help@acme.example",
      values: { ...inputs.values, expires: "2031-01-01" },
    };
    expect(await provider.diff(id, { ...outputs }, { ...news })).toMatchObject({ changes: false });
    const updated = await invitation.update(id, outputs, news);
    const { messageId, sentAt } = outputs;
    expect(updated).toEqual({ ...news, messageId, sentAt });
    expect(await arrived()).toHaveLength(1);
  });

  test("of the reason sends another mail, once", async () => {
    const { id, outputs } = await invitation.create(inputs);
    const news = { ...inputs, reason: "2026-11-21-lost-phone" };
    expect(await provider.diff(id, { ...outputs }, { ...news })).toMatchObject({
      changes: true,
      replaces: [],
    });
    const updated = await invitation.update(id, outputs, news);
    expect(updated.messageId).not.toBe(outputs.messageId);
    expect(await provider.diff(id, { ...updated }, { ...news })).toMatchObject({ changes: false });
    await invitation.update(id, updated, news);
    expect((await arrived()).map(({ subject }) => subject)).toEqual([
      "Welcome to Acme & Sons: your access",
      "Acme & Sons: your new passwords",
    ]);
  });

  test("of the address sends there", async () => {
    const { id, outputs } = await invitation.create(inputs);
    const to = `new-${inputs.to}`;
    await invitation.update(id, outputs, { ...inputs, to });
    const all = await arrived();
    expect(all.map((email) => email.to?.[0]?.address)).toEqual([inputs.to, to]);
  });
});

test("reading and deleting send nothing and change nothing", async () => {
  const { id, outputs } = await invitation.create(inputs);
  expect(await invitation.read(id, outputs)).toEqual(outputs);
  await invitation.delete(id, outputs);
  await invitation.delete(id, outputs);
  expect(await arrived()).toHaveLength(1);
});

test("a wrong password of ours is a failure that names no password, and mended by the next update", async () => {
  const wrong = configure({ ...process.env, SMTP_PASSWORD: "Not-The-Password.1" });
  const { id, outputs } = await wrong.create(inputs);
  expect(outputs.sentAt).toBeUndefined();
  expect(outputs.failure).toMatch(/^mail server 127\.0\.0\.1:\d+ refused the login: 535 /);
  expect(outputs.failure).not.toMatch(/Not-The-Password|Once-Only/);
  expect(outputs.failure).not.toContain(Buffer.from("\0tenantry\0Not-The-Password.1").toString("base64"));
  expect(await arrived()).toEqual([]);
  expect(await provider.diff(id, { ...outputs }, { ...inputs })).toMatchObject({ changes: true });
  const mended = await invitation.update(id, outputs, inputs);
  expect(mended.failure).toBeUndefined();
  expect(mended.sentAt).toBeDefined();
  expect(await provider.diff(id, { ...mended }, { ...inputs })).toMatchObject({ changes: false });
  expect(await arrived()).toHaveLength(1);
});
