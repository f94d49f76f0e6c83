import { z } from "zod";
import { httpsUrlPattern, redirectUriError, redirectUriPattern } from "./web-address.ts";

/** The four roles a person can have, from seed document 003, section 3.3. */
export const roles = ["tenant_admin", "application_manager", "developer", "auditor"] as const;
export type RoleName = (typeof roles)[number];

export const plans = ["basic", "professional", "enterprise"] as const;
export const kinds = ["tenant", "businessUnit"] as const;
export const statuses = ["active", "suspended", "destroyed"] as const;
/** The systems a person can have an account in. A new system is a new entry here. */
export const services = ["database", "identity"] as const;

/** A text by a pattern. Errors, in the terminal and in editors, read: `"x" is not <what>`. */
function pattern(regex: RegExp, what: string): z.ZodString {
  return z
    .string()
    .regex(regex, { error: what })
    .meta({ patternErrorMessage: `not ${what}` });
}

/** A name that people read: one line, so that it can be printed and stored anywhere. */
const name = pattern(/^\P{Cc}+$/u, "text on one line");
/** Keycloak refuses the other characters in people's names (PersonNameProhibitedCharactersValidator). */
const personName = pattern(
  /^[^<>&"$%!#?§;*~/\\|^=[\]{}()\p{Cc}]+$/u,
  "a person's name: one line, without any of < > & \" $ % ! # ? § ; * ~ / \\ | ^ = [ ] { } ( )",
);

const id = pattern(
  /^[a-z](?:[a-z0-9-]{0,28}[a-z0-9])$/,
  "an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
);
export const email = z.email({ error: "an e-mail address" }).toLowerCase();
const date = z.iso
  .date({ error: "a date as YYYY-MM-DD" })
  .meta({ patternErrorMessage: "not a date as YYYY-MM-DD" });
const duration = pattern(
  /^[1-9](?:[0-9]{0,5}[sm]|[0-9]{0,3}[hd])$/,
  "a duration such as 30s, 15m, 10h or 7d",
);
const domain = pattern(
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name in lower case, such as acme.example",
);
const httpsUrl = pattern(httpsUrlPattern, "an https:// address");
const secretReference = pattern(
  /^env:[A-Z][A-Z0-9_]*$/,
  "a reference to a secret, env:NAME, never the secret itself",
);
const identifier = pattern(
  /^[a-z][a-z0-9_-]{0,62}$/,
  "a name: 1 to 63 lower-case letters, digits, _ and -, a letter first",
);

/** Keycloak wants names of groups and users to have 3 characters at least. */
const teamId = pattern(
  /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/,
  "a team's id: 3 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
);
export const usernamePattern = /^[a-z][a-z0-9._-]{1,30}[a-z0-9]$/;

const serviceToggles = z
  .strictObject({
    database: z.boolean().describe("A login role in the tenant's database."),
    identity: z.boolean().describe("An account in the tenant's realm."),
  })
  .partial();

const contact = z.strictObject({
  name: name.describe("The contact's full name."),
  email: email.describe("Where to reach the contact."),
  role: z.enum(["owner", "technical", "billing", "security"]).describe("What to contact this person about."),
});

const team = z.strictObject({
  id: teamId.describe("The team's stable name: a group in the realm. Renaming it makes a new group."),
  name: name.optional().describe("The team's display name. Default: the id."),
});

const user = z.strictObject({
  email: email.describe("The person's e-mail address. It must be in one of the allowed e-mail domains."),
  username: pattern(
    usernamePattern,
    "a username: 3 to 32 lower-case letters, digits, dots, _ and -, a letter first, a letter or digit last",
  )
    .optional()
    .describe(
      "The account name in every system, and the person's identity. Default: the part of the e-mail before the @.",
    ),
  firstName: personName.describe("The person's given name."),
  lastName: personName.describe("The person's family name."),
  role: z.enum(roles).describe("What the person may do, in the database and in the realm."),
  teams: z.array(z.string()).default([]).describe("The ids of the teams the person is in."),
  services: serviceToggles
    .optional()
    .describe("Which systems this person has an account in, where it differs from the tenant's `services`."),
  expires: date
    .optional()
    .describe(
      "The last day of access, in UTC. From the next day on database logins are refused by the server itself.",
    ),
});

const redirectUris = z
  .array(
    z
      .string()
      .regex(redirectUriPattern, { error: ({ input }) => redirectUriError(String(input)) })
      .meta({ patternErrorMessage: "not an https:// address without wildcard in the host" }),
  )
  .min(1)
  .describe(
    "Where sign-in may send people back to. https only (http for localhost), no wildcard in the host; a path may end in /*.",
  );

const client = z.strictObject({
  id: identifier.describe("The OIDC client id."),
  name: name.optional().describe("The display name. Default: the id."),
  type: z
    .enum(["confidential", "public"])
    .default("confidential")
    .describe("confidential: a server that keeps a secret. public: a browser or native app. Both use PKCE."),
  redirectUris,
});

const idpCommon = {
  clientId: name.describe("The client id that the provider gave you."),
  clientSecret: secretReference.describe("Where the client secret is: env:NAME."),
};
const identityProvider = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("github").describe("Sign in with GitHub."),
    alias: identifier.default("github").describe("The name in the realm and in its callback address."),
    ...idpCommon,
  }),
  z.strictObject({
    type: z.literal("entra-id").describe("Sign in with Microsoft Entra ID."),
    alias: identifier.default("entra-id").describe("The name in the realm and in its callback address."),
    directoryId: z
      .uuid({ error: "the directory (tenant) id of Entra ID, a UUID" })
      .describe("The directory (tenant) id."),
    ...idpCommon,
  }),
  z.strictObject({
    type: z.literal("oidc").describe("Sign in with any OpenID Connect provider."),
    alias: identifier.describe("The name in the realm and in its callback address."),
    issuer: httpsUrl.describe("The issuer, exactly as in its tokens."),
    authorizationUrl: httpsUrl.describe("The provider's authorization endpoint."),
    tokenUrl: httpsUrl.describe("The provider's token endpoint."),
    userInfoUrl: httpsUrl.optional().describe("The provider's user info endpoint."),
    jwksUrl: httpsUrl.describe("Where the provider publishes its signing keys."),
    ...idpCommon,
  }),
]);

const database = z.strictObject({
  name: identifier.optional().describe("The database's name. Default: the tenant's id."),
  connectionLimit: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe("How many connections the database takes at once."),
});

/** How long people stay signed in when no layer says it. */
export const sessionDefaults = { idle: "30m", max: "10h" };

const identity = z.strictObject({
  realm: identifier.optional().describe("The realm's name. Default: the tenant's id."),
  allowedEmailDomains: z
    .array(domain)
    .optional()
    .describe(
      "Only addresses in these domains can be accounts of the realm. Default: the tenant's `domains`; none at all: any.",
    ),
  passwordPolicy: z
    .strictObject({
      minLength: z.int().min(8).max(128).default(12).describe("The fewest characters of a password."),
      history: z.int().min(0).max(24).default(5).describe("How many former passwords can't be used again."),
      maxAgeDays: z
        .int()
        .min(1)
        .max(3650)
        .optional()
        .describe("After how many days a password must be changed. Default: never."),
    })
    .prefault({})
    .describe("What a password must be. It never equals or contains the username or the e-mail address."),
  bruteForce: z
    .strictObject({
      maxFailures: z
        .int()
        .min(2)
        .max(100)
        .default(5)
        .describe("How many failed sign-ins lock an account for a while."),
      lockout: duration.default("15m").describe("The longest time an account stays locked."),
    })
    .prefault({})
    .describe("Detection of password guessing. It can be tuned, not turned off."),
  sessions: z
    .strictObject({
      idle: duration
        .default(sessionDefaults.idle)
        .describe("After how long without activity a session ends."),
      max: duration.default(sessionDefaults.max).describe("The longest a session lasts."),
    })
    .prefault({})
    .describe("How long people stay signed in."),
  tokens: z
    .strictObject({
      access: duration.default("5m").describe("How long an access token is valid."),
    })
    .prefault({})
    .describe("How long tokens are valid."),
  portal: z
    .strictObject({ redirectUris })
    .optional()
    .describe("The tenant's portal: a confidential client with PKCE named `portal`."),
  clients: z.array(client).default([]).describe("Further applications that sign people in by this realm."),
  identityProviders: z
    .array(identityProvider)
    .default([])
    .describe("Other places that people may sign in with."),
});

/** Everything about a tenant that isn't who it is. */
export const settings = z.strictObject({
  region: pattern(/^[a-z][a-z0-9-]{1,40}$/, "a region such as europe-west1").describe(
    "Where the tenant's data lives. Every tenant has one, most of them by `defaults.yaml`.",
  ),
  services: serviceToggles
    .prefault({})
    .describe("Which systems every person of the tenant has an account in. Default: all."),
  database: database.prefault({}).describe("The tenant's PostgreSQL database."),
  identity: identity.prefault({}).describe("The tenant's Keycloak realm."),
});

/** What plans and `defaults.yaml` may set: the settings, without names that can be only one tenant's. */
export const layer = z
  .strictObject({
    ...settings.shape,
    database: database.omit({ name: true }).prefault({}).describe("The tenants' PostgreSQL databases."),
    identity: identity.omit({ realm: true }).prefault({}).describe("The tenants' Keycloak realms."),
  })
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

/** Whether a person has an account in a service: their own toggle, else the tenant's, else yes. */
export function hasService(owner: Tenant, person: User, service: (typeof services)[number]): boolean {
  return person.services?.[service] ?? owner.services[service] ?? true;
}
