import type { System } from "../system.ts";
import { explainTfe } from "./explain.ts";
import { findTfeId } from "./find-ids.ts";
import { checkTfe } from "./preflight.ts";
import { apiOf, serverFrom } from "./api.ts";

/** Terraform Cloud, as what runs stacks needs to know it. */
export const tfe: System = {
  title: "Terraform Cloud",
  package: "tfe",
  server: "tfe",
  check: checkTfe,
  explain: explainTfe,
  findId: (pending, environment) => findTfeId(apiOf(serverFrom(environment)), pending),
};
