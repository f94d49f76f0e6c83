import type { DatabaseArgs } from "../components/database.ts";
import type { Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";

/** Where people reach PostgreSQL, and the locale that new databases have there. */
type Server = Required<Pick<DatabaseArgs, "host" | "port" | "locale">>;

/** What a tenant's file says about its database. */
export function databaseArgs(tenant: Tenant, { host, port, locale }: Server): DatabaseArgs {
  return {
    host,
    port,
    locale,
    tenant: tenant.id,
    name: tenant.database.name ?? tenant.id,
    connectionLimit: tenant.database.connectionLimit,
    enabled: tenant.status === "active",
    protectDatabase: tenant.status !== "destroyed",
    people: peopleOf(tenant, "database"),
  };
}
