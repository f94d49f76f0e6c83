import { z } from "zod";
import { unknownValue } from "../serve.ts";

/** An address that a reader may follow: nothing but the web. */
const link = z
  .string()
  .refine(
    (text) => text === unknownValue || isWebAddress(text),
    "no address that starts with https:// or http://",
  );

const system = z.strictObject({
  /** What people call it: "Chat (Mattermost)". */
  title: z.string(),
  /** Where to sign in, for what has a page. */
  url: link.optional(),
  /** What else it takes to get there, in this order: host, port and database of a database. */
  details: z.array(z.strictObject({ label: z.string(), value: z.string() })).optional(),
  username: z.string().optional(),
  /** The one-time password, where the system has one of its own. */
  password: z.string().optional(),
  /** How to sign in, in a few words, where there is no password: "with your Acme account". */
  signIn: z.string().optional(),
});

/** What the templates of an invitation can say. docs/invitations.md explains it to those who write templates. */
export const invitationValues = z.strictObject({
  person: z.strictObject({
    firstName: z.string(),
    lastName: z.string(),
    username: z.string(),
    email: z.string(),
  }),
  tenant: z.strictObject({ id: z.string(), name: z.string() }),
  /** In the order in which to name them; the one that others sign in by comes first. */
  systems: z.array(system),
  /** The last day of access, as YYYY-MM-DD. */
  expires: z.string().optional(),
  /** Whom to ask. */
  support: z.strictObject({
    name: z.string().optional(),
    email: z.string().optional(),
    url: link.optional(),
  }),
});

export type InvitationValues = z.output<typeof invitationValues>;

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
