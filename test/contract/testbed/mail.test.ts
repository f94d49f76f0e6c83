import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import PostalMime from "postal-mime";
import { loadEnvironment } from "../../../stacks/environment.ts";
import { inboxOf, mail } from "../../../testbed/mail.ts";
import type { Place } from "../../../testbed/place.ts";
import { readRecord } from "../../../testbed/record.ts";
import { LocalProject } from "../../support/local-project.ts";

let project: LocalProject;
let place: Place;

beforeAll(async () => {
  project = new LocalProject();
  place = project.place(mail);
  await project.up(mail);
});
afterAll(() => project.remove());

const credentials = (): Readonly<Record<string, string>> =>
  readRecord(join(project.local, "credentials.json"));

async function send(subject: string, pass = credentials()["SMTP_PASSWORD"]): Promise<void> {
  const transport = createTransport({
    host: "127.0.0.1",
    port: place.port("smtp"),
    auth: { user: credentials()["SMTP_USERNAME"], pass },
  });
  await transport.sendMail({ from: "a@acme.example", to: "up/x/c@acme.example", subject, text: "Hello" });
}

test("what it receives is a private file, named after nothing that leads elsewhere", async () => {
  await send("one");
  const [file = "", ...others] = readdirSync(inboxOf(place));
  expect(others).toEqual([]);
  expect(file).toMatch(/^\d{4}-[\dTZ-]+-up_x_c@acme\.example-[0-9a-f]{6}\.eml$/);
  const path = join(inboxOf(place), file);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await PostalMime.parse(readFileSync(path))).toMatchObject({ subject: "one", text: "Hello\n" });
});

test("it takes nothing without the password", async () => {
  await expect(send("two", "wrong-password")).rejects.toMatchObject({ responseCode: 535 });
  expect(readdirSync(inboxOf(place))).toHaveLength(1);
});

test("the environment says where it is, `local status` too", async () => {
  expect(loadEnvironment(project.root, "local").mail).toEqual({
    host: "127.0.0.1",
    port: place.port("smtp"),
    tls: "none",
    from: expect.stringContaining("@"),
  });
  const { address } = await project.status(mail);
  expect(address).toContain(`:${place.port("smtp")},`);
  expect(address).toContain(inboxOf(place));
});

test("mail stays when it stops, and goes with its data", async () => {
  await project.down(mail);
  expect(await mail.ready(place)).toBe(false);
  await project.up(mail);
  await send("three");
  expect(readdirSync(inboxOf(place))).toHaveLength(2);
  await project.delete(mail);
  expect(existsSync(place.folder)).toBe(false);
});
