import { z } from "zod";
import { domain, duration, httpsUrl, identifier, name, secretReference } from "../patterns.ts";
import { redirectUriError, redirectUriPattern } from "../web-address.ts";

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

/** How long people stay signed in when no layer says it. */
export const sessionDefaults = { idle: "30m", max: "10h" };

export const identity = z.strictObject({
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
