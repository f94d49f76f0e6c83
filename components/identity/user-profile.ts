import type { Input } from "@pulumi/pulumi";
import { all, output } from "@pulumi/pulumi";
import type * as keycloak from "../sdks/keycloak.ts";

/**
 * What the realm knows about a person. Names and address come from the tenant's file, so people see them and only
 * administrators change them: an address that a person could change would be one that nobody has checked. Everything
 * else is as Keycloak has it.
 */
export function userProfileArgs(
  realmId: Input<string>,
  allowedEmailDomains: Input<Input<string>[]> | undefined,
): keycloak.RealmUserProfileArgs {
  const permissions = { views: ["admin", "user"], edits: ["admin"] };
  const length = { name: "length", config: { max: "255" } };
  const name = { name: "person-name-prohibited-characters" };
  const requiredForRoles = ["user"];
  const domains = output(allowedEmailDomains ?? []).apply((each) => all(each));
  return {
    realmId,
    attributes: [
      {
        name: "username",
        displayName: "${username}",
        permissions,
        validators: [
          { name: "length", config: { min: "3", max: "255" } },
          { name: "username-prohibited-characters" },
          { name: "up-username-not-idn-homograph" },
        ],
      },
      {
        name: "email",
        displayName: "${email}",
        requiredForRoles,
        permissions,
        validators: domains.apply((allowed) => [
          { name: "email" },
          length,
          ...(allowed.length > 0 ? [{ name: "pattern", config: { pattern: emailPattern(allowed) } }] : []),
        ]),
      },
      {
        name: "firstName",
        displayName: "${firstName}",
        requiredForRoles,
        permissions,
        validators: [length, name],
      },
      {
        name: "lastName",
        displayName: "${lastName}",
        requiredForRoles,
        permissions,
        validators: [length, name],
      },
    ],
  };
}

/** A pattern (of Java) that only addresses in exactly these domains match. */
export function emailPattern(domains: readonly string[]): string {
  const literal = domains.map((domain) => domain.replaceAll(".", "\\."));
  return `(?i)[^@\\s]+@(?:${literal.join("|")})`;
}
