import { z } from "zod";
import { httpsUrlPattern } from "./web-address.ts";

/** A text by a pattern. Errors, in the terminal and in editors, read: `"x" is not <what>`. */
export function pattern(regex: RegExp, what: string): z.ZodString {
  return z
    .string()
    .regex(regex, { error: what })
    .meta({ patternErrorMessage: `not ${what}` });
}

/** A name that people read: one line, so that it can be printed and stored anywhere. */
export const name = pattern(/^\P{Cc}+$/u, "text on one line");

/** Keycloak refuses the other characters in people's names (PersonNameProhibitedCharactersValidator). */
export const personName = pattern(
  /^[^<>&"$%!#?§;*~/\\|^=[\]{}()\p{Cc}]+$/u,
  "a person's name: one line, without any of < > & \" $ % ! # ? § ; * ~ / \\ | ^ = [ ] { } ( )",
);

export const id = pattern(
  /^[a-z](?:[a-z0-9-]{0,28}[a-z0-9])$/,
  "an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
);

export const email = z.email({ error: "an e-mail address" }).toLowerCase();

export const date = z.iso
  .date({ error: "a date as YYYY-MM-DD" })
  .meta({ patternErrorMessage: "not a date as YYYY-MM-DD" });

export const duration = pattern(
  /^[1-9](?:[0-9]{0,5}[sm]|[0-9]{0,3}[hd])$/,
  "a duration such as 30s, 15m, 10h or 7d",
);

export const domain = pattern(
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name in lower case, such as acme.example",
);

export const httpsUrl = pattern(httpsUrlPattern, "an https:// address");

export const secretReference = pattern(
  /^env:[A-Z][A-Z0-9_]*$/,
  "a reference to a secret, env:NAME, never the secret itself",
);

export const identifier = pattern(
  /^[a-z][a-z0-9_-]{0,62}$/,
  "a name: 1 to 63 lower-case letters, digits, _ and -, a letter first",
);

/** Keycloak wants names of groups and users to have 3 characters at least. */
export const teamId = pattern(
  /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
  "a team's id: 3 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
);

export const usernamePattern = /^[a-z][a-z0-9._-]{1,30}[a-z0-9]$/;

/** A file or folder of this project. Nothing can lead out of it, or to what is hidden: passwords are in such folders. */
export const projectPath = pattern(
  /^(?!(?:.*\/)?\.)(?!\/)(?!.*\/\/)(?!.*\/$)[^\\\p{Cc}]+$/u,
  "a path in this project, with forward slashes, without .. and hidden folders",
);

/** What changes to have a secret made anew: a date with a reason, say. The text itself means nothing. */
export const occasion = name.max(100);

/** Whether what is there already under a name, and isn't ours, is taken over. */
export const adopt = z.boolean().default(false);
