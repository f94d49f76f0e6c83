import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const oneTimePassword = policy({
  name: "one-time-password",
  system: "Keycloak",
  severity: "mandatory",
  demand: "a password that was made for somebody is good for one sign-in",
  reason: "Whoever made it, or carried it, knows it; after the first sign-in only its owner does.",
  remedy: "set `temporary: true` in components/identity/person.ts; a new one comes by the person's `reset`",
  types: [keycloak.user],
  inputs: { initialPassword: z.object({ temporary: z.boolean().default(false) }).optional() },
  check: ({ initialPassword }) => [initialPassword?.temporary === false && "the first password stays"],
});
