import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { inboxOf, mail } from "../../testbed/mail.ts";
import { Place } from "../../testbed/place.ts";
import { testEnvironment } from "./servers.ts";

/** Every mail that the tests' mail server has received for addresses of a domain, the oldest first. */
export async function received(domain: string): Promise<Email[]> {
  const inbox = inboxOf(new Place(testEnvironment, mail));
  const files = readdirSync(inbox).filter((name) => name.includes(domain) && name.endsWith(".eml"));
  return Promise.all(files.sort().map((name) => PostalMime.parse(readFileSync(join(inbox, name)))));
}
