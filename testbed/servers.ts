import { coder } from "./coder.ts";
import { gitea } from "./gitea.ts";
import { github } from "./github.ts";
import { keycloak } from "./keycloak.ts";
import { mail } from "./mail.ts";
import { mattermost } from "./mattermost.ts";
import { postgres } from "./postgres.ts";
import type { Server } from "./server.ts";
import { tfe } from "./tfe.ts";
import { twenty } from "./twenty.ts";

/** Every server that the local environment has, each after those that it needs. */
export const servers: readonly Server[] = [
  postgres,
  keycloak,
  mattermost,
  coder,
  gitea,
  github,
  mail,
  twenty,
  tfe,
];
