import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const clientRedirectWildcard = policy({
  name: "client-redirect-wildcard",
  system: "Keycloak",
  severity: "mandatory",
  demand: "sign-in sends people back to named hosts only",
  reason: "With a wildcard in the host an attacker's page can receive the code that stands for a sign-in.",
  remedy: "name each address in `redirectUris` of the portal or the client in `identity`",
  types: [keycloak.client],
  inputs: {
    validRedirectUris: z.array(z.string()).default([]),
    validPostLogoutRedirectUris: z.array(z.string()).default([]),
  },
  check: ({ validRedirectUris, validPostLogoutRedirectUris }) =>
    [...validRedirectUris, ...validPostLogoutRedirectUris].map(
      (uri) => hasWildcardHost(uri) && `people are sent back to ${uri}`,
    ),
});

/** Before the path: `https://*.acme.example/`, `https://acme.example*`, `*`. Plus stands for the others. */
function hasWildcardHost(uri: string): boolean {
  const [beforePath = ""] = /^(?:[^/]*:\/\/)?[^/?#]*/.exec(uri) ?? [];
  return beforePath.includes("*");
}
