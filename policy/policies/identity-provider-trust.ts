import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const flag = z.boolean().default(false);
const address = z.string().optional();

export const identityProviderTrust = policy({
  name: "identity-provider-trust",
  system: "Keycloak",
  severity: "mandatory",
  demand:
    "another place to sign in with is reached by https, its tokens' signatures are checked, and the addresses it names are not believed",
  reason:
    "Else whoever gets between the two, or may choose an address there, is whom they say they are here.",
  remedy:
    "write https:// addresses in `identity.identityProviders`; the rest is in components/identity/identity-provider.ts",
  types: [keycloak.identityProvider],
  inputs: {
    providerId: z.string().default("oidc"),
    validateSignature: flag,
    trustEmail: flag,
    storeToken: flag,
    authorizationUrl: address,
    tokenUrl: address,
    userInfoUrl: address,
    jwksUrl: address,
  },
  check: ({ providerId, validateSignature, trustEmail, storeToken, ...addresses }) => [
    providerId === "oidc" && !validateSignature && "signatures aren't checked",
    trustEmail && "addresses that it names are believed",
    storeToken && "its tokens are kept",
    ...Object.entries(addresses).map(
      ([name, url]) => url !== undefined && !url.startsWith("https://") && `${name} isn't https`,
    ),
  ],
});
