import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const realmSsl = policy({
  name: "realm-ssl",
  system: "Keycloak",
  severity: "mandatory",
  demand: "people sign in by TLS",
  reason: "Without TLS everybody on the way reads passwords and tokens.",
  remedy: "set `sslRequired` in components/identity/realm.ts to external or all",
  types: [keycloak.realm],
  inputs: { sslRequired: z.string().default("external") },
  check: ({ sslRequired }) => [
    !["external", "all"].includes(sslRequired) && `TLS is required for ${sslRequired}`,
  ],
});
