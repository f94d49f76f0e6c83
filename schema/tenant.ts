import { z } from "zod";
import { domain, id, name, pattern } from "./patterns.ts";
import { collaboration } from "./sections/collaboration.ts";
import { crm } from "./sections/crm.ts";
import { delivery } from "./sections/delivery.ts";
import { database } from "./sections/database.ts";
import { drift } from "./sections/drift.ts";
import { identity } from "./sections/identity.ts";
import { invitations } from "./sections/invitations.ts";
import { contact, team, user } from "./sections/people.ts";
import { type Service, serviceDefaults, services } from "./sections/services.ts";
import { sourceControl } from "./sections/source-control.ts";
import { waivers } from "./sections/waivers.ts";
import { workspaces } from "./sections/workspaces.ts";

export { roles, type RoleName } from "./sections/people.ts";

export const plans = ["basic", "professional", "enterprise"] as const;
export const kinds = ["tenant", "businessUnit"] as const;
export const statuses = ["active", "suspended", "destroyed"] as const;

/** Everything about a tenant that isn't who it is. */
export const settings = z.strictObject({
  region: pattern(/^[a-z][a-z0-9-]{1,40}$/, "a region such as europe-west1").describe(
    "Where the tenant's data lives. Every tenant has one, most of them by `defaults.yaml`.",
  ),
  services: services
    .prefault({})
    .describe("Which systems every person of the tenant has an account in. Default: database and identity."),
  database: database.prefault({}).describe("The tenant's PostgreSQL database."),
  identity: identity.prefault({}).describe("The tenant's Keycloak realm."),
  collaboration: collaboration.prefault({}).describe("The tenant's Mattermost team."),
  workspaces: workspaces.prefault({}).describe("The tenant's workspaces in Coder."),
  sourceControl: sourceControl
    .prefault({})
    .describe("The tenant's repositories, in an organization in Gitea or GitHub."),
  delivery: delivery.prefault({}).describe("The tenant's project and workspaces in Terraform Cloud."),
  crm: crm.prefault({}).describe("The tenant's company in Twenty."),
  invitations: invitations.prefault({}).describe("The mail that new people get."),
  drift: drift
    .prefault({})
    .describe("What is looked for, and not, when the tenant is compared with the systems."),
});

/** What plans and `defaults.yaml` may set: the settings, without what can be only one tenant's. */
export const layer = z
  .strictObject({
    ...settings.shape,
    database: database.omit({ name: true }).prefault({}).describe("The tenants' PostgreSQL databases."),
    identity: identity.omit({ realm: true }).prefault({}).describe("The tenants' Keycloak realms."),
    collaboration: collaboration
      .omit({ team: true, adopt: true })
      .prefault({})
      .describe("The tenants' Mattermost teams."),
    workspaces: workspaces
      .omit({ organization: true, adopt: true })
      .prefault({})
      .describe("The tenants' workspaces in Coder."),
    sourceControl: sourceControl
      .omit({ organization: true, adopt: true })
      .prefault({})
      .describe("The tenants' repositories, in organizations in Gitea or GitHub."),
    delivery: delivery
      .omit({ project: true })
      .prefault({})
      .describe("The tenants' projects and workspaces in Terraform Cloud."),
  })
  .omit({ crm: true })
  .partial();

/** A tenant, after `defaults.yaml`, its plan and its own file were merged. */
export const tenant = z.strictObject({
  version: z.literal(1).describe("The version of this file format."),
  id: id.describe(
    "The tenant's identity, for ever. Everything it owns is named after it; the file's own name does not matter.",
  ),
  kind: z
    .enum(kinds)
    .default("tenant")
    .describe("tenant: a customer. businessUnit: a part of the own company."),
  name: name.max(100).describe("The name that people read."),
  status: z
    .enum(statuses)
    .default("active")
    .describe("suspended: nobody gets in, nothing is lost. destroyed: ready for `tenantry destroy`."),
  confirmDestroy: z
    .string()
    .optional()
    .describe("The tenant's id once more. Needed with `status: destroyed`, and only there."),
  plan: z.enum(plans).describe("Which file under plans/ fills in what this file leaves out."),
  parent: id.optional().describe("The id of the business unit that this one belongs to."),
  domains: z.array(domain).default([]).describe("Internet domains that are this tenant's alone."),
  organizations: z
    .strictObject({
      github: name.optional().describe("Its GitHub organization."),
      terraformCloud: name.optional().describe("Its Terraform Cloud organization."),
      googleCloud: name.optional().describe("Its Google Cloud organization."),
    })
    .prefault({})
    .describe("Organizations elsewhere that are this tenant's alone."),
  contacts: z.array(contact).default([]).describe("Whom to call."),
  teams: z.array(team).default([]).describe("Groups of people."),
  users: z
    .array(user)
    .default([])
    .describe("Everyone with access. Remove a person here, and the access is gone at the next up."),
  waivers,
  ...settings.shape,
});

/** What a tenant's own file holds: a tenant, less what the layers below fill in. */
export const tenantFile = tenant.partial({ region: true });

export type Tenant = z.output<typeof tenant>;
export type User = Tenant["users"][number];
export type Client = Tenant["identity"]["clients"][number];
export type IdentityProvider = Tenant["identity"]["identityProviders"][number];

/** A person's account name: the declared one, or the part of the address before the @. */
export function username(person: Pick<User, "email" | "username">): string {
  return person.username ?? person.email.slice(0, person.email.indexOf("@"));
}

/** Whether a person's last day is over. `today`: YYYY-MM-DD, in UTC. */
export function isOver({ expires }: { readonly expires?: string | undefined }, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** Toggles, as far as a file has them. */
type Toggles = Readonly<Partial<Record<Service, boolean | undefined>>>;

/** Whether a person has an account in a service: their own toggle, else the tenant's, else the service's default. */
export function hasService(
  owner: { readonly services?: Toggles | undefined },
  person: { readonly services?: Toggles | undefined },
  service: Service,
): boolean {
  return person.services?.[service] ?? owner.services?.[service] ?? serviceDefaults[service];
}

/** Whether a tenant has a part of a service: all its people do, or any of them. */
export function usesService(
  owner: {
    readonly services?: Toggles | undefined;
    readonly users?: readonly { readonly services?: Toggles | undefined }[] | undefined;
  },
  service: Service,
): boolean {
  return (
    hasService(owner, {}, service) || (owner.users ?? []).some((person) => hasService(owner, person, service))
  );
}
