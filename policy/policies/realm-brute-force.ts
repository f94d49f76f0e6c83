import { z } from "zod";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const [most, least] = [10, 60];
const detection = z.object({
  maxLoginFailures: z.number().default(30),
  maxFailureWaitSeconds: z.number().default(900),
  permanentLockout: z.boolean().default(false),
});

export const realmBruteForce = policy({
  name: "realm-brute-force",
  system: "Keycloak",
  severity: "mandatory",
  demand: `at most ${most} failed sign-ins lock an account, for a minute at least`,
  reason: "Passwords can be guessed as long as nobody stops the guessing.",
  remedy: `set \`identity.bruteForce.maxFailures\` to ${most} or less, and \`identity.bruteForce.lockout\` to 1m or more`,
  types: [keycloak.realm],
  inputs: { securityDefenses: z.object({ bruteForceDetection: detection.optional() }).optional() },
  check: ({ securityDefenses: { bruteForceDetection: found } = {} }) =>
    found === undefined
      ? ["the realm doesn't notice guessing"]
      : [
          found.maxLoginFailures > most && `${found.maxLoginFailures} failed sign-ins are let through`,
          !found.permanentLockout &&
            found.maxFailureWaitSeconds < least &&
            `an account is locked for ${found.maxFailureWaitSeconds} s`,
        ],
});
