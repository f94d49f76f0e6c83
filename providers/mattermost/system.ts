import type { System } from "../system.ts";
import { checkMattermost } from "./preflight.ts";

/** Mattermost, as what runs stacks needs to know it. */
export const mattermost: System = {
  title: "Mattermost",
  package: "mattermost",
  server: "mattermost",
  check: checkMattermost,
};
