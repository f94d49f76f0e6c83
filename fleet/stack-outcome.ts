import type { System } from "../providers/system.ts";
import type { LoadedTenant } from "../schema/load-tenant-file.ts";
import type { Position } from "../schema/problem.ts";
import { entryOf } from "./entry-in-file.ts";
import { explain } from "./explain.ts";
import { killed, type Operation } from "./run-engine.ts";
import type { StackResult } from "./run-stack.ts";
import {
  resourceName,
  resourceType,
  typeName,
  type Diagnostic,
  type ResourceChange,
} from "./stack-report.ts";

/** Something that went wrong in a run, ready to be read by a person or a script. */
export interface StackProblem {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly system: string | undefined;
  readonly message: string;
  readonly fix: string | undefined;
  /** The policy that is violated, or waived. */
  readonly policy?: string;
  /** The resource it is about: `keycloak Realm acme`. */
  readonly resource: string | undefined;
  /** Where in the tenant's file the resource comes from, when it is about one person, channel, repository… */
  readonly position: Position | undefined;
}

/** How an operation on one stack ended: what `--json` prints. */
export interface StackOutcome {
  readonly tenant: string;
  readonly stack: string;
  readonly operation: Operation;
  readonly result: "succeeded" | "failed" | "cancelled";
  readonly changes: readonly ResourceChange[];
  readonly unchanged: number;
  readonly problems: readonly StackProblem[];
  readonly seconds: number;
}

interface Run {
  readonly operation: Operation;
  readonly loaded: LoadedTenant;
  readonly stack: string;
  readonly systems: readonly System[];
  readonly seconds: number;
}

/** Puts what the engine did, and said, into the words of the systems and the tenant's file. */
export function outcomeOf(
  { operation, loaded, stack, systems, seconds }: Run,
  result: StackResult,
): StackOutcome {
  const { report, exitCode, cancelled, stderr } = result;
  const problems = report.diagnostics.map((diagnostic) => problemOf(diagnostic, loaded, systems));
  const succeeded = exitCode === 0;
  if (!succeeded && !cancelled && !problems.some(({ severity }) => severity === "error")) {
    const message =
      exitCode === killed
        ? "the engine was killed; run it again: it clears up and goes on"
        : stderr.trim() || `the engine ended with exit code ${exitCode}`;
    problems.push(problemOf({ severity: "error", message }, loaded, systems));
  }
  return {
    tenant: loaded.tenant.id,
    stack,
    operation,
    result: succeeded ? "succeeded" : cancelled ? "cancelled" : "failed",
    changes: report.changes,
    unchanged: report.unchanged,
    problems: [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()],
    seconds,
  };
}

function problemOf(
  { severity, message, urn }: Diagnostic,
  loaded: LoadedTenant,
  systems: readonly System[],
): StackProblem {
  const type = urn === undefined ? undefined : resourceType(urn);
  const { code, system, message: text, fix } = explain(message, type, systems);
  const policy = code.startsWith("policy-") ? /^policy (\S+?)(?:: | is waived)/.exec(text)?.[1] : undefined;
  const resource = urn === undefined ? undefined : `${typeName(resourceType(urn))} ${resourceName(urn)}`;
  return {
    severity,
    code,
    system,
    message: text,
    fix,
    ...(policy !== undefined && { policy }),
    resource,
    position:
      (code === "policy-waived" ? waiverOf(policy, loaded) : undefined) ??
      (urn === undefined ? undefined : placeOf(urn, loaded)) ??
      (policy === undefined ? undefined : fieldIn(fix, loaded)),
  };
}

function placeOf(urn: string, { tenant, locate }: LoadedTenant): Position | undefined {
  const path = entryOf(urn, tenant);
  return path && locate(path);
}

/** Where the field is that a policy's remedy names first: `identity.sessions.idle`, in the file or in a layer under it. */
function fieldIn(remedy: string | undefined, { locate }: LoadedTenant): Position | undefined {
  const field = /`([a-z]\w*(?:\.\w+)+)`/i.exec(remedy ?? "")?.[1];
  return field === undefined ? undefined : locate(field.split("."));
}

/** Where a policy is waived. */
function waiverOf(policy: string | undefined, { tenant, locate }: LoadedTenant): Position | undefined {
  const index = tenant.waivers.findIndex((each) => each.policy === policy);
  return index < 0 ? undefined : locate(["waivers", index]);
}
