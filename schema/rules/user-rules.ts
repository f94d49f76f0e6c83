import type { Finding } from "../finding.ts";
import { closest } from "../suggest.ts";
import { usernamePattern } from "../patterns.ts";
import { roles, username } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";

/** Database roles are called `<id>_<name>`; these names are the tenant's own. */
const reservedUsernames: readonly string[] = ["owner", ...roles];

/** People: unique, in teams that exist, with addresses in the allowed domains. */
export function userRules(tenant: Draft): Finding[] {
  const users = (tenant.users ?? []).map((user, index) => ({ ...user, index, account: accountOf(user) }));
  return [
    ...duplicates(
      "team's id",
      (tenant.teams ?? []).map(({ id }, index) => ({ value: id, path: ["teams", index, "id"] })),
    ),
    ...duplicates(
      "person's e-mail address",
      users.map(({ email, index }) => ({ value: email, path: ["users", index, "email"] })),
    ),
    ...duplicates(
      "person's username",
      users.map(({ account, index, username: declared }) => ({
        value: account,
        path: ["users", index, declared === undefined ? "email" : "username"],
      })),
    ),
    ...users.flatMap((user) => [
      ...usernameRules(user),
      ...teamRules(tenant, user),
      ...domainRules(tenant, user),
    ]),
  ];
}

interface Person {
  readonly index: number;
  readonly email?: string | undefined;
  readonly username?: string | undefined;
  readonly account: string | undefined;
  readonly teams?: readonly (string | undefined)[] | undefined;
}

function accountOf(user: Pick<Person, "email" | "username">): string | undefined {
  if (user.username !== undefined) return user.username;
  return user.email?.includes("@") === true ? username({ email: user.email }) : undefined;
}

function usernameRules({ index, account, username: declared }: Person): Finding[] {
  if (account === undefined) return [];
  const path = ["users", index, declared === undefined ? "email" : "username"];
  const found = JSON.stringify(account);
  const cure = declared === undefined ? "; set `username` for this person" : "";
  if (reservedUsernames.includes(account)) {
    const message = `the username ${found} is reserved: a database role has this name${cure}`;
    return [{ code: "reserved-username", message, path, found }];
  }
  if (declared === undefined && !usernamePattern.test(account)) {
    const message = `the part before the @, ${found}, can't be a username${cure}`;
    return [{ code: "username-needed", message, path, found }];
  }
  return [];
}

function teamRules(tenant: Draft, { index, teams = [] }: Person): Finding[] {
  const allowed = (tenant.teams ?? []).flatMap(({ id }) => id ?? []);
  const unknown = teams.flatMap((team, position): Finding[] => {
    if (team === undefined || allowed.includes(team)) return [];
    const suggestion = closest(team, allowed);
    const found = JSON.stringify(team);
    return [
      {
        code: "unknown-team",
        message: `${found} is not one of this tenant's teams`,
        path: ["users", index, "teams", position],
        found,
        allowed,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ];
  });
  const named = teams.map((value, position) => ({ value, path: ["users", index, "teams", position] }));
  return [...unknown, ...duplicates("team", named)];
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
