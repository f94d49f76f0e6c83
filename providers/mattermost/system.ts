import type { System } from "../system.ts";
import { apiOf, serverFrom } from "./api.ts";
import { checkMattermost } from "./preflight.ts";
import { strayAccounts } from "./stray-accounts.ts";

/** Mattermost, as what runs stacks needs to know it. */
export const mattermost: System = {
  title: "Mattermost",
  package: "mattermost",
  server: "mattermost",
  check: checkMattermost,
  strays: (tenant, environment) => strayAccounts(apiOf(serverFrom(environment)), tenant),
};
