import { z } from "zod";
import type { Implementation } from "../implementation.ts";
import type { Environment } from "./client.ts";
import { equals, holds } from "./filter.ts";
import { isOurs } from "./record-id.ts";
import { implementRecord, type RecordKind } from "./record-implementation.ts";
import { anyRecord } from "./records.ts";

const inputs = z.strictObject({
  tenant: z.string().min(1),
  name: z.string().min(1),
  domain: z
    .string()
    .transform((name) => name.toLowerCase())
    .refine((name) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name), {
      error: "write a domain alone, like acme.com",
    })
    .optional(),
  adopt: z.boolean().default(false),
});
const outputs = inputs.extend({ name: z.string(), domain: z.string().optional() });
export type CompanyInputs = z.output<typeof inputs>;

const shape = anyRecord.extend({
  name: z.string().nullish(),
  domainName: z.object({ primaryLinkUrl: z.string().nullish() }).nullish(),
});
type FoundCompany = z.output<typeof shape>;

const kind: RecordKind<CompanyInputs, FoundCompany> = {
  names: { many: "companies", one: "Company" },
  noun: "company",
  inputs,
  outputs,
  shape,
  called: ({ name, domain }) => (domain === undefined ? `"${name}"` : `with the domain ${domain}`),
  condition: ({ name, domain }) =>
    domain === undefined ? equals("name", name) : holds("domainName.primaryLinkUrl", domain),
  // Domains are unique in Twenty, deleted companies included; names are not.
  clashes: ({ tenant, name, domain }, found) =>
    domain === undefined
      ? found.name === name && (!found.deletedAt || isOurs(found.id, tenant))
      : domainOf(found)?.replace(/^www\./, "") === domain.replace(/^www\./, ""),
  body: ({ name, domain }) => ({
    name,
    // As Twenty writes them itself, of people's mail: otherwise one company could be there twice.
    ...(domain !== undefined && { domainName: { primaryLinkUrl: `https://${domain}` } }),
  }),
  asFound: (state, found) => ({
    ...state,
    name: found.name ?? "",
    ...(state.domain !== undefined && { domain: domainOf(found) }),
  }),
  toAdopt: "adopt: true in the crm section",
};

/** The domain alone, of a link with a scheme or without, with a path or without. */
function domainOf(found: FoundCompany): string | undefined {
  const link = found.domainName?.primaryLinkUrl ?? "";
  return (
    link
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/[/?#:].*$/s, "") || undefined
  );
}

/** Makes the implementation with the credentials from an environment. */
export function configure(environment: Environment): Implementation<CompanyInputs, CompanyInputs> {
  return implementRecord(kind, environment);
}
