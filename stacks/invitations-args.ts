import type { TenantInvitationsArgs } from "../components/tenant.ts";
import { username, type Tenant } from "../schema/tenant.ts";

/** What a tenant's file says about the mail to its people. */
export function invitationsArgs(tenant: Tenant): TenantInvitationsArgs {
  const { template, replyTo, supportUrl } = tenant.invitations;
  return {
    tenant: tenant.id,
    displayName: tenant.name,
    enabled: tenant.status === "active",
    template,
    replyTo,
    supportUrl,
    people: tenant.users.map((user) => ({ ...user, username: username(user) })),
  };
}
