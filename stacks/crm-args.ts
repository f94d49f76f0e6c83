import type { CrmArgs } from "../components/crm.ts";
import type { Tenant } from "../schema/tenant.ts";
import { peopleOf } from "./people-of.ts";

/** What a tenant's file says about its company in the CRM. `url` is Twenty's address. */
export function crmArgs(tenant: Tenant, url: string): CrmArgs {
  const { company, adopt } = tenant.crm;
  return {
    url,
    tenant: tenant.id,
    enabled: tenant.status === "active",
    company: company.name ?? tenant.name,
    domain: company.domain ?? tenant.domains[0],
    adopt,
    people: peopleOf(tenant, "crm"),
  };
}
