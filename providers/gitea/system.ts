import type { System } from "../system.ts";
import { apiOf, serverFrom } from "./api.ts";
import { checkGitea } from "./preflight.ts";
import { strays } from "./strays.ts";

/** Gitea, as what runs stacks needs to know it. Its address is in `GITEA_SERVER_URL`. */
export const gitea: System = {
  title: "Gitea",
  package: "gitea",
  server: "gitea",
  check: checkGitea,
  strays: (tenant, environment) => strays(apiOf(serverFrom(environment)), tenant),
};
