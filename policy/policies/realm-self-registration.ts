import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const flag = z.boolean().default(false);

export const realmSelfRegistration = policy({
  name: "realm-self-registration",
  system: "Keycloak",
  severity: "mandatory",
  demand: "nobody makes an account, or changes its name, by themselves",
  reason: "The tenant's file says who has access; an account that somebody made is in no file and no review.",
  remedy: "turn it off in components/identity/realm.ts, and add people to `users`",
  types: [keycloak.realm],
  inputs: { registrationAllowed: flag, editUsernameAllowed: flag },
  check: ({ registrationAllowed, editUsernameAllowed }) => [
    registrationAllowed && "whoever finds the sign-in page can register",
    editUsernameAllowed && "people can change their username",
  ],
});
