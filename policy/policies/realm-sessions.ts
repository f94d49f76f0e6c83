import { z } from "zod";
import { goDuration } from "../go-duration.ts";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const [idleHours, maxHours] = [4, 24];

export const realmSessions = policy({
  name: "realm-sessions",
  system: "Keycloak",
  severity: "mandatory",
  demand: `a session ends after ${idleHours} hours without activity and ${maxHours} in all, and with the browser`,
  reason: "Whoever finds an open browser, or steals what it holds, is in for as long as the session lasts.",
  remedy: `set \`identity.sessions.idle\` to ${idleHours}h or less and \`identity.sessions.max\` to ${maxHours}h or less`,
  types: [keycloak.realm],
  inputs: {
    ssoSessionIdleTimeout: goDuration,
    ssoSessionMaxLifespan: goDuration,
    rememberMe: z.boolean().default(false),
  },
  check: ({ ssoSessionIdleTimeout: idle, ssoSessionMaxLifespan: max, rememberMe }) => [
    idle > idleHours * 3600 && `a session lasts ${idle / 3600} hours without activity`,
    max > maxHours * 3600 && `a session lasts ${max / 3600} hours`,
    rememberMe && "a session outlives the browser",
  ],
});
