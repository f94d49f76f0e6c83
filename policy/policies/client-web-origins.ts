import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

export const clientWebOrigins = policy({
  name: "client-web-origins",
  system: "Keycloak",
  severity: "mandatory",
  demand: "scripts reach a client's tokens only from its own addresses",
  reason: "With * a script on any page in the world may ask for tokens in the name of who looks at it.",
  remedy: "name the application's addresses in `redirectUris` in `identity`: scripts from there are let in",
  types: [keycloak.client],
  inputs: { webOrigins: z.array(z.string()).default([]) },
  check: ({ webOrigins }) =>
    webOrigins.map((origin) => origin.includes("*") && `scripts of ${origin} are let in`),
});
