import type { Service } from "../../schema/sections/services.ts";
import { hasService, username, type Tenant, type User } from "../../schema/tenant.ts";
import { policy } from "../policy.ts";
import { coder, gitea, keycloak, mattermost, postgresql } from "../types.ts";

interface Account {
  readonly service: Service;
  readonly type: string;
  /** What stands between the tenant's id and the username in the resource's name. */
  readonly called: string;
}

/** The accounts that people have: each person is told of once, at the first. */
const accounts: readonly Account[] = [
  { service: "identity", type: keycloak.user, called: "user" },
  { service: "database", type: postgresql.login, called: "login" },
  { service: "collaboration", type: mattermost.user, called: "collaboration-user" },
  { service: "workspaces", type: coder.user, called: "workspaces-user" },
  { service: "sourceControl", type: gitea.user, called: "source-control-user" },
];

/** A tenant without domains of its own doesn't say who is external. */
export const externalPeopleExpire = policy({
  name: "external-people-expire",
  severity: "mandatory",
  demand: "people whose address isn't in the tenant's domains have a last day of access",
  reason: "Nobody tells us when somebody leaves another company; access that has no end is forgotten.",
  remedy:
    "set `expires` for the person in `users`, or add their domain to `domains` if it is the tenant's own",
  types: accounts.map(({ type }) => type),
  inputs: {},
  check: (_inputs, { type, name }, { declared }) => {
    if (declared === undefined) return [];
    const found = declared.users.find((user) => {
      const account = accounts.find(({ service }) => hasService(declared, user, service));
      return account?.type === type && name === `${declared.id}-${account.called}-${username(user)}`;
    });
    return [found && isForgotten(found, declared) && `${found.email} is external and has no last day`];
  },
});

function isForgotten({ email, expires }: User, { domains }: Tenant): boolean {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return domains.length > 0 && !domains.includes(domain) && expires === undefined;
}
