import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const realmDefaultRoles = policy({
  name: "realm-default-roles",
  system: "Keycloak",
  severity: "mandatory",
  demand: "an account has no role by itself",
  reason: "What everybody has, nobody was given: rights come from the tenant's file, one person at a time.",
  remedy: "give people their `role` in `users` instead",
  types: [keycloak.defaultRoles],
  inputs: { defaultRoles: z.array(z.string()) },
  check: ({ defaultRoles }) => [defaultRoles.length > 0 && `every account has ${defaultRoles.join(", ")}`],
});
