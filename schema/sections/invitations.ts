import { z } from "zod";
import { email, httpsUrl, pattern } from "../patterns.ts";

export const invitations = z.strictObject({
  send: z
    .boolean()
    .default(false)
    .describe("Whether new people, and people whose `reset` changed, get a mail with their first passwords."),
  template: pattern(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "the name of a folder of invitations/: lower-case letters, digits and hyphens",
  )
    .default("default")
    .describe("The folder under `invitations/` that holds the mail's text."),
  replyTo: email.optional().describe("Where answers go. Default: to the sender."),
  supportUrl: httpsUrl.optional().describe("Where people find help. Default: no such line in the mail."),
});
