import { seconds } from "../duration.ts";
import type { Finding } from "../finding.ts";
import { sessionDefaults } from "../sections/identity.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";

/** Clients that Keycloak makes in every realm, and the portal that Tenantry makes. */
const reservedClients = [
  "account",
  "account-console",
  "admin-cli",
  "broker",
  "portal",
  "realm-management",
  "security-admin-console",
];

/** The realm: client ids, aliases, session lengths. */
export function identityRules({ identity }: Draft): Finding[] {
  const clients = (identity?.clients ?? []).map(({ id }, index) => ({
    value: id,
    path: ["identity", "clients", index, "id"],
  }));
  const aliases = (identity?.identityProviders ?? []).map(({ type, alias }, index) => ({
    value: alias ?? (type === "oidc" ? undefined : type),
    path: ["identity", "identityProviders", index, alias === undefined ? "type" : "alias"],
  }));
  return [
    ...clients.flatMap(({ value, path }): Finding[] => {
      if (value === undefined || !reservedClients.includes(value)) return [];
      const cure =
        value === "portal" ? "; describe it under `identity.portal`" : ": Keycloak has a client of this name";
      const found = JSON.stringify(value);
      return [{ code: "reserved-client", message: `${found} is reserved${cure}`, path, found }];
    }),
    ...duplicates("client's id", clients),
    ...duplicates("identity provider's alias", aliases),
    ...sessionRules(identity?.sessions),
  ];
}

function sessionRules({
  idle = sessionDefaults.idle,
  max = sessionDefaults.max,
}: NonNullable<NonNullable<Draft["identity"]>["sessions"]> = {}): Finding[] {
  if ((seconds(idle) ?? 0) <= (seconds(max) ?? Infinity)) return [];
  return [
    {
      code: "idle-longer-than-max",
      message: `${idle} is longer than the longest session, \`max: ${max}\``,
      path: ["identity", "sessions", "idle"],
      found: JSON.stringify(idle),
      relatedPath: ["identity", "sessions", "max"],
    },
  ];
}
