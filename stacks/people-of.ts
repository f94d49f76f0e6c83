import type { Person } from "../components/person.ts";
import type { Service } from "../schema/sections/services.ts";
import { hasService, username, type Tenant, type User } from "../schema/tenant.ts";

/** A person as a component knows them, and with the address as plain text. */
export type PersonOf = Omit<User, "username"> & Person & { readonly email: string };

/** The people of a tenant who have an account in a service. */
export function peopleOf(tenant: Tenant, service: Service): PersonOf[] {
  return tenant.users
    .filter((user) => hasService(tenant, user, service))
    .map((user) => ({ ...user, username: username(user) }));
}
