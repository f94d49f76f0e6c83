import { z } from "zod";
import {
  adopt,
  date,
  email,
  name,
  occasion,
  pattern,
  personName,
  teamId,
  usernamePattern,
} from "../patterns.ts";
import { services } from "./services.ts";

/** The four roles a person can have, from seed document 003, section 3.3. */
export const roles = ["tenant_admin", "application_manager", "developer", "auditor"] as const;
export type RoleName = (typeof roles)[number];

/** Accounts that a company manages end in _ and a short code. */
const githubLogin = pattern(
  /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:_[A-Za-z0-9]{3,8})?$/,
  "a GitHub username: letters, digits and single hyphens between them",
);

export const contact = z.strictObject({
  name: name.describe("The contact's full name."),
  email: email.describe("Where to reach the contact."),
  role: z.enum(["owner", "technical", "billing", "security"]).describe("What to contact this person about."),
});

export const team = z.strictObject({
  id: teamId.describe(
    "The team's stable name: a group in the realm, a channel, a team in source control. Renaming it makes new ones.",
  ),
  name: name.optional().describe("The team's display name. Default: the id."),
});

export const user = z.strictObject({
  email: email.describe("The person's e-mail address. It must be in one of the allowed e-mail domains."),
  username: pattern(
    usernamePattern,
    "a username: 3 to 32 lower-case letters, digits, dots, _ and -, a letter first, a letter or digit last",
  )
    .optional()
    .describe(
      "The account name in every system, and the person's identity. Default: the part of the e-mail before the @.",
    ),
  github: githubLogin
    .optional()
    .describe("The person's own account on GitHub. Needed where source control is there."),
  firstName: personName.describe("The person's given name."),
  lastName: personName.describe("The person's family name."),
  role: z.enum(roles).describe("What the person may do, in every system."),
  teams: z.array(z.string()).default([]).describe("The ids of the teams the person is in."),
  services: services
    .optional()
    .describe("Which systems this person has an account in, where it differs from the tenant's `services`."),
  expires: date
    .optional()
    .describe(
      "The last day of access, in UTC. From the next day on database logins are refused by the server itself.",
    ),
  reset: occasion
    .optional()
    .describe(
      "Any text, such as 2026-11-21-lost-phone. A new text makes new one-time passwords in every system, and sends a new invitation.",
    ),
  adopt: adopt.describe("Take over accounts of this person's name that exist already and that others made."),
});
