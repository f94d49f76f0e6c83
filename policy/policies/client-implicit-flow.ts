import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const clientImplicitFlow = policy({
  name: "client-implicit-flow",
  system: "Keycloak",
  severity: "mandatory",
  demand: "no client uses the implicit flow",
  reason: "It puts tokens into addresses, from where they get into histories and logs (RFC 9700, 2.1.2).",
  remedy: "turn it off in components/identity/client.ts: the code flow with PKCE does for browsers, too",
  types: [keycloak.client],
  inputs: { implicitFlowEnabled: z.boolean().default(false) },
  check: ({ implicitFlowEnabled }) => [implicitFlowEnabled && "the client uses the implicit flow"],
});
