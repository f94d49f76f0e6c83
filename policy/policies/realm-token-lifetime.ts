import { goDuration } from "../go-duration.ts";
import { policy } from "../policy.ts";
import { keycloak } from "../types.ts";

const most = 15;

export const realmTokenLifetime = policy({
  name: "realm-token-lifetime",
  system: "Keycloak",
  severity: "mandatory",
  demand: `an access token is valid for ${most} minutes at most`,
  reason: "Applications believe a token until it runs out, even of somebody who left.",
  remedy: `set \`identity.tokens.access\` to ${most}m or less`,
  types: [keycloak.realm],
  inputs: { accessTokenLifespan: goDuration },
  check: ({ accessTokenLifespan: seconds }) => [
    seconds > most * 60 && `an access token is valid for ${seconds / 60} minutes`,
  ],
});
