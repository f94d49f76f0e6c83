import type { RoleName } from "../../schema/tenant.ts";

/** The name of the team that everyone of a role is in. */
export const roleTeamNames: Readonly<Record<RoleName, string>> = {
  tenant_admin: "admins",
  application_manager: "application-managers",
  developer: "developers",
  auditor: "auditors",
};

const permissions = ["read", "write", "admin"] as const;

/** What a team may do with its repositories. */
export type Permission = (typeof permissions)[number];

/**
 * What a declared team is in Gitea, where a team has one permission for all its repositories: a team with the lowest
 * permission that repositories give it, and for each higher one another, `payments-write`. Its people are in all of them.
 *
 * @param given the permissions that repositories give it, if any
 * @returns each team's permission, and what its name has behind the declared one's
 */
export function teamEndings(given: readonly string[]): readonly (readonly [Permission, string])[] {
  const [lowest = "read", ...higher] = permissions.filter((each) => given.includes(each));
  return [[lowest, ""], ...higher.map((each) => [each, `-${each}`] as const)];
}
