import { Failure } from "../report/failure.ts";
import type { Service } from "../schema/sections/services.ts";
import { type Tenant, usesService } from "../schema/tenant.ts";
import { environmentFile, type Environment } from "./environment.ts";

/** What a tenant can have a part of: the services of its people, and the mail to them. */
export type Part = Service | "delivery" | "invitations";

/** A server that an environment can do without. */
export interface OptionalServer {
  readonly part: Part;
  /** Its key in the environment's file, and what `tenantry local up --with` takes. */
  readonly key: "mattermost" | "coder" | "gitea" | "github" | "twenty" | "mail" | "tfe";
  readonly title: string;
}

export const optionalServers: readonly OptionalServer[] = [
  { part: "collaboration", key: "mattermost", title: "Mattermost" },
  { part: "workspaces", key: "coder", title: "Coder" },
  { part: "sourceControl", key: "gitea", title: "Gitea" },
  { part: "sourceControl", key: "github", title: "GitHub" },
  { part: "crm", key: "twenty", title: "Twenty" },
  { part: "delivery", key: "tfe", title: "Terraform Cloud" },
  { part: "invitations", key: "mail", title: "mail server" },
];

/** What becomes of a tenant's parts in an environment. */
export interface TenantServices {
  /** What the tenant wants and the environment has. Database and identity are always there. */
  readonly there: ReadonlySet<Part>;
  /** The servers that these are on. */
  readonly servers: ReadonlySet<OptionalServer["key"]>;
  /** What the tenant wants, and the environment does without: its file says `none`. */
  readonly leftOut: readonly OptionalServer[];
  /** What the tenant wants, and the environment's file doesn't speak of. */
  readonly missing: readonly OptionalServer[];
}

/** Holds what a tenant wants against what an environment has. */
export function tenantServices(tenant: Tenant, environment: Environment): TenantServices {
  const wanted = optionalServers.filter((server) => wants(tenant, server));
  const leftOut = wanted.filter(({ key }) => environment[key] === "none");
  const missing = wanted.filter(({ key }) => environment[key] === undefined);
  const there = wanted.filter((server) => !leftOut.includes(server) && !missing.includes(server));
  return {
    there: new Set<Part>(["database", "identity", ...there.map(({ part }) => part)]),
    servers: new Set(there.map(({ key }) => key)),
    leftOut,
    missing,
  };
}

function wants(tenant: Tenant, { part, key }: OptionalServer): boolean {
  if (part === "invitations") return tenant.invitations.send;
  if (part === "delivery") return tenant.delivery.environments.length > 0;
  if (part === "sourceControl" && key !== tenant.sourceControl.system) return false;
  return usesService(tenant, part);
}

/** The failure `system-missing` for servers that a tenant wants and an environment's file doesn't speak of. */
export function systemMissing(
  tenant: string,
  missing: readonly OptionalServer[],
  { root, environment }: { readonly root: string; readonly environment: string },
): Failure {
  const titles = missing.map(({ title }) => title).join(", ");
  const keys = missing.map(({ key }) => key);
  return new Failure(
    "system-missing",
    `tenant ${tenant} wants ${titles}; environment ${environment} names none`,
    {
      fix:
        environment === "local"
          ? `start it with: npx tenantry local up --with ${keys.join(",")}`
          : `in ${environmentFile(root, environment)} write its address under ${keys.join(", ")}, or \`none\` to do without`,
    },
  );
}
