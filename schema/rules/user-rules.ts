import type { Finding } from "../finding.ts";
import { usernamePattern } from "../patterns.ts";
import { closest } from "../suggest.ts";
import { roles } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { type Person, people } from "./people.ts";
import { references } from "./references.ts";

/** Database roles are called `<id>_<name>`; these names are the tenant's own. */
const reservedUsernames: readonly string[] = ["owner", ...roles];

/** People: unique, in teams that exist, with addresses in the allowed domains. */
export function userRules(tenant: Draft): Finding[] {
  const users = people(tenant);
  const teams = (tenant.teams ?? []).map(({ id }, index) => ({ value: id, path: ["teams", index, "id"] }));
  return [
    ...duplicates("team's id", teams),
    ...duplicates(
      "person's e-mail address",
      users.map(({ email, index }) => ({ value: email, path: ["users", index, "email"] })),
    ),
    ...duplicates(
      "person's username",
      users.map(({ account, path }) => ({ value: account, path })),
    ),
    ...users.flatMap((user) => [
      ...usernameRules(user),
      ...teamRules(tenant, user),
      ...domainRules(tenant, user),
    ]),
  ];
}

function usernameRules({ account, path, declared }: Person): Finding[] {
  if (account === undefined) return [];
  const found = JSON.stringify(account);
  const cure = declared ? "" : "; set `username` for this person";
  if (reservedUsernames.includes(account)) {
    const message = `the username ${found} is reserved: a database role has this name${cure}`;
    return [{ code: "reserved-username", message, path, found }];
  }
  if (!declared && !usernamePattern.test(account)) {
    const message = `the part before the @, ${found}, can't be a username${cure}`;
    return [{ code: "username-needed", message, path, found }];
  }
  return [];
}

function teamRules(tenant: Draft, { index, teams }: Person): Finding[] {
  const allowed = (tenant.teams ?? []).map(({ id }) => id);
  const named = teams.map((value, position) => ({ value, path: ["users", index, "teams", position] }));
  return [...references("team", allowed, named), ...duplicates("team", named)];
}

function domainRules(tenant: Draft, { index, email }: Person): Finding[] {
  const domains = tenant.identity?.allowedEmailDomains ?? tenant.domains ?? [];
  const allowed = [...new Set(domains.flatMap((domain) => domain ?? []))];
  const at = email?.lastIndexOf("@") ?? -1;
  if (email === undefined || at < 0 || allowed.length === 0 || allowed.includes(email.slice(at + 1)))
    return [];
  const suggestion = closest(email.slice(at + 1), allowed);
  return [
    {
      code: "email-domain",
      message: `${JSON.stringify(email)} is in none of the allowed e-mail domains`,
      path: ["users", index, "email"],
      found: JSON.stringify(email),
      allowed,
      ...(suggestion === undefined ? {} : { suggestion: `${email.slice(0, at)}@${suggestion}` }),
    },
  ];
}
