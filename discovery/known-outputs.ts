import { unitOutputs } from "./detectors/state-outputs.ts";

/** Outputs that say something of a unit, beside its name. */
export const profileOutputs = {
  region: ["region", "location"],
  domain: ["domain", "domain_name", "dns_domain"],
} as const;

/** The only outputs that are read: others may hold secrets that nobody marked as such. */
export const knownOutputs: ReadonlySet<string> = new Set([
  ...unitOutputs,
  ...profileOutputs.region,
  ...profileOutputs.domain,
]);
