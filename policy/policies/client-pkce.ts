import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const clientPkce = policy({
  name: "client-pkce",
  system: "Keycloak",
  severity: "mandatory",
  demand: "every client of the code flow proves by PKCE (S256) that it began the sign-in",
  reason: "Without it whoever gets hold of a code gets the tokens (RFC 9700, 2.1.1).",
  remedy: "set `pkceCodeChallengeMethod` in components/identity/client.ts to S256",
  types: [keycloak.client],
  inputs: {
    standardFlowEnabled: z.boolean().default(false),
    pkceCodeChallengeMethod: z.string().default(""),
  },
  check: ({ standardFlowEnabled, pkceCodeChallengeMethod: method }) => [
    standardFlowEnabled &&
      method !== "S256" &&
      `the client uses ${method === "" ? "no PKCE" : `PKCE ${method}`}`,
  ],
});
