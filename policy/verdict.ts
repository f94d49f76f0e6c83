import { failureText } from "../providers/failure-text.ts";
import { Failure } from "../report/failure.ts";
import type { Waiver } from "../schema/sections/waivers.ts";
import type { Policy } from "./policy.ts";
import type { Resource, Subject } from "./resource.ts";
import { systemOf } from "./types.ts";

/** What a policy says about a resource. */
export interface Verdict {
  readonly policy: Policy;
  readonly resource: Resource;
  /** What is wrong, as a clause. */
  readonly found: string;
  readonly system: string;
  /** What lets it through for now. */
  readonly waiver: Waiver | undefined;
}

/** Everything that a policy finds wrong with a resource. `today` in UTC, YYYY-MM-DD: a waiver ends with its last day. */
export function judge(policy: Policy, resource: Resource, tenant: Subject, today: string): Verdict[] {
  const found = policy.examine(resource, tenant);
  if (found.length === 0) return [];
  const waiver = tenant.declared?.waivers.find(
    (each) =>
      each.policy === policy.name &&
      (each.resource === undefined || each.resource === resource.name) &&
      each.until >= today,
  );
  const system = policy.system ?? systemOf(resource.type);
  return found.map((each) => ({ policy, resource, found: each, system, waiver }));
}

/**
 * A verdict as it travels through the engine, for `parseFailureText` to read: what is wrong, why that matters, what to do;
 * of what is waived, until when and why.
 */
export function verdictText({ policy: { name, reason, remedy }, found, system, waiver }: Verdict): string {
  const failure =
    waiver === undefined
      ? new Failure("policy-violation", `policy ${name}: ${found}. ${reason}`, { system, fix: remedy })
      : new Failure(
          "policy-waived",
          `policy ${name} is waived until ${waiver.until}: ${found}. Waived because: ${waiver.reason}`,
          { system },
        );
  return failureText(failure);
}
