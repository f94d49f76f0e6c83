import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const clientPasswordGrant = policy({
  name: "client-password-grant",
  system: "Keycloak",
  severity: "mandatory",
  demand: "no client takes people's passwords, or acts without them",
  reason: "An application that asks for passwords teaches people to hand them over (RFC 9700, 2.4).",
  remedy: "turn it off in components/identity/client.ts: the code flow with PKCE sends people to the realm",
  types: [keycloak.client],
  // What the plugin has when nothing is said.
  inputs: {
    directAccessGrantsEnabled: z.boolean().default(false),
    serviceAccountsEnabled: z.boolean().default(false),
  },
  check: ({ directAccessGrantsEnabled, serviceAccountsEnabled }) => [
    directAccessGrantsEnabled && "the client takes people's passwords",
    serviceAccountsEnabled && "the client has an account of its own",
  ],
});
