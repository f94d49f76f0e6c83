import { stringify } from "yaml";
import { usernamePattern } from "./patterns.ts";
import { roles, type Tenant, username } from "./tenant.ts";

/** What a new tenant's file is made from. */
export interface NewTenant {
  readonly id: string;
  readonly kind: Tenant["kind"];
  readonly name: string;
  readonly plan: Tenant["plan"];
  /** Undefined: the one of plan and defaults. */
  readonly region: string | undefined;
  /** The first person, a tenant_admin. */
  readonly admin:
    { readonly email: string; readonly firstName: string; readonly lastName: string } | undefined;
}

/** Writes the commented file of a new tenant. */
export function tenantText({ id, kind, name, plan, region, admin }: NewTenant): string {
  return `# yaml-language-server: $schema=../schema/tenant.schema.json
# Every field is explained in docs/reference/tenant-file.md. Check this file with: npx tenantry validate
version: 1
id: ${scalar(id)} # for ever: everything the tenant owns is named after it
kind: ${kind}
name: ${scalar(name)}
plan: ${plan} # fills in what this file leaves out: tenants/plans/${plan}.yaml, then tenants/defaults.yaml
${region === undefined ? "# region: europe-west1" : `region: ${scalar(region)}`}

# Internet domains of this tenant alone. Once there is one, people's addresses must be in one of them.
# domains: [${id}.example]

# teams:
#   - id: platform
#     name: Platform

# Everyone with access. Remove a person, and the access is gone at the next up.
${users(id, admin)}
# Which systems people have an account in, where it is not as the plan says; each person can differ, too.
# services:
#   collaboration: true # Mattermost

# identity:
#   portal: # the tenant's own application: people sign in there
#     redirectUris: [https://portal.${id}.example/*]
#   identityProviders: # other places that people may sign in with; secrets are referred to, never written here
#     - { type: github, clientId: "…", clientSecret: env:${id.toUpperCase().replaceAll("-", "_")}_GITHUB_SECRET }
`;
}

function users(id: string, admin: NewTenant["admin"]): string {
  if (admin === undefined) {
    return `# users:
#   - email: ada@${id}.example
#     firstName: Ada
#     lastName: Ashford
#     role: tenant_admin # or ${roles.slice(1).join(", ")}
#     teams: [platform]
#     expires: 2030-12-31 # the last day of access
`;
  }
  return `users:
  - email: ${scalar(admin.email)}
${usernameLine(admin.email)}    firstName: ${scalar(admin.firstName)}
    lastName: ${scalar(admin.lastName)}
    role: tenant_admin # or ${roles.slice(1).join(", ")}
    # teams: [platform]
    # expires: 2030-12-31 # the last day of access
`;
}

/** The account is named after the address, where that can be a username. */
function usernameLine(email: string): string {
  const name = username({ email: email.toLowerCase() });
  const usable = usernamePattern.test(name) && ![...roles, "owner"].includes(name);
  return usable ? "" : "    username: admin # the part of the address before the @ can't be one\n";
}

/** A text as YAML, in quotes where YAML 1.1 or 1.2 would take it for something else. */
function scalar(text: string): string {
  return stringify(text, {
    compat: "yaml-1.1",
    lineWidth: 0,
    defaultStringType: "PLAIN",
    blockQuote: false,
  }).trimEnd();
}
