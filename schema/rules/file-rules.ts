import type { Finding } from "../finding.ts";
import type { Draft } from "./draft.ts";
import { identityRules } from "./identity-rules.ts";
import { nameRules } from "./name-rules.ts";
import { statusRules } from "./status-rules.ts";
import { userRules } from "./user-rules.ts";

/** The rules between the values of one tenant. */
export function fileRules(tenant: Draft): Finding[] {
  return [...nameRules(tenant), ...statusRules(tenant), ...userRules(tenant), ...identityRules(tenant)];
}
