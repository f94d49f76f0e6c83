import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const least = 10;

export const realmPasswordPolicy = policy({
  name: "realm-password-policy",
  system: "Keycloak",
  severity: "mandatory",
  demand: `a password has ${least} characters at least, and isn't the username or the address`,
  reason: "Short passwords, and those that are known already, are the first to be guessed.",
  remedy: `set \`identity.passwordPolicy.minLength\` to ${least} or more`,
  types: [keycloak.realm],
  inputs: { passwordPolicy: z.string().default("") },
  check: ({ passwordPolicy }) => {
    const length = /(?:^|and )\s*length\((\d+)\)/.exec(passwordPolicy)?.[1];
    return [
      length === undefined && "passwords can be of any length",
      length !== undefined && Number(length) < least && `a password of ${length} characters will do`,
      !passwordPolicy.includes("notUsername(") && "the username will do as password",
      !passwordPolicy.includes("notEmail(") && "the e-mail address will do as password",
    ];
  },
});
