import type { Finding } from "../finding.ts";
import { accountRules } from "./account-rules.ts";
import { collaborationRules } from "./collaboration-rules.ts";
import type { Draft } from "./draft.ts";
import { identityRules } from "./identity-rules.ts";
import { nameRules } from "./name-rules.ts";
import { deliveryRules } from "./delivery-rules.ts";
import { sourceControlRules } from "./source-control-rules.ts";
import { statusRules } from "./status-rules.ts";
import { userRules } from "./user-rules.ts";
import { waiverRules } from "./waiver-rules.ts";
import { workspaceRules } from "./workspace-rules.ts";

/** The rules between the values of one tenant. */
export function fileRules(tenant: Draft): Finding[] {
  return [
    ...nameRules(tenant),
    ...statusRules(tenant),
    ...userRules(tenant),
    ...accountRules(tenant),
    ...identityRules(tenant),
    ...collaborationRules(tenant),
    ...workspaceRules(tenant),
    ...sourceControlRules(tenant),
    ...deliveryRules(tenant),
    ...waiverRules(tenant),
  ];
}
