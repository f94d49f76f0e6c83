import { coder } from "./coder/system.ts";
import { gitea } from "./gitea/system.ts";
import { github } from "./github/system.ts";
import { keycloak } from "./keycloak/system.ts";
import { mattermost } from "./mattermost/system.ts";
import { postgresql } from "./postgresql/system.ts";
import type { System } from "./system.ts";
import { tfe } from "./tfe/system.ts";
import { twenty } from "./twenty/system.ts";

/** Every system that tenants have a part of. */
export const systems: readonly System[] = [
  postgresql,
  keycloak,
  mattermost,
  gitea,
  github,
  coder,
  twenty,
  tfe,
];
