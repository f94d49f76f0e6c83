import { keycloak } from "./keycloak.ts";
import { postgres } from "./postgres.ts";
import type { Server } from "./server.ts";

/** Every server that the local environment has, each after those that it needs. */
export const servers: readonly Server[] = [postgres, keycloak];
