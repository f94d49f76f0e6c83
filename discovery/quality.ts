import type { Path } from "../schema/problem.ts";
import type { Tenant } from "../schema/tenant.ts";

/** Something that nobody needs to run a tenant, and everybody when something is wrong with it. */
interface Field {
  readonly path: Path;
  /** What is missing, as in "it lacks …". */
  readonly what: string;
  readonly isThere: (tenant: Tenant) => boolean;
}

const fields: readonly Field[] = [
  {
    path: ["contacts"],
    what: "an owner among its contacts",
    isThere: ({ contacts }) => contacts.some(({ role }) => role === "owner"),
  },
  {
    path: ["contacts"],
    what: "a contact for technical or security matters",
    isThere: ({ contacts }) => contacts.some(({ role }) => role === "technical" || role === "security"),
  },
  { path: ["domains"], what: "a domain", isThere: ({ domains }) => domains.length > 0 },
  { path: ["teams"], what: "a team", isThere: ({ teams }) => teams.length > 0 },
  {
    path: ["users"],
    what: "a tenant_admin among its people",
    isThere: ({ users }) => users.some(({ role }) => role === "tenant_admin"),
  },
  {
    path: ["sourceControl", "repositories"],
    what: "a repository",
    isThere: ({ sourceControl }) => sourceControl.repositories.length > 0,
  },
];

export interface Quality {
  /** The share of the fields that are there, from 0 to 1. */
  readonly score: number;
  readonly missing: readonly Pick<Field, "path" | "what">[];
}

/** How complete a tenant's file is. */
export function qualityOf(tenant: Tenant): Quality {
  const missing = fields.filter(({ isThere }) => !isThere(tenant)).map(({ path, what }) => ({ path, what }));
  return { score: Math.round((1 - missing.length / fields.length) * 100) / 100, missing };
}
