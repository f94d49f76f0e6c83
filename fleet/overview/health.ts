import type { Tenant } from "../../schema/tenant.ts";
import type { Standing } from "../select-tenants.ts";
import type { StackProblem } from "../stack-outcome.ts";
import { isUnreachable } from "../unreachable.ts";
import type { ReportedTenant } from "../read-report.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";

/** Who needs somebody most comes first. */
export const healths = ["failing", "unreachable", "drifted", "to deploy", "unknown", "well"] as const;

/**
 * failing: something is wrong that trying again won't mend. unreachable: a system couldn't be looked at. drifted: something
 * isn't as the file says. to deploy: the file says what isn't deployed. unknown: nobody looked. well: as the file says.
 */
export type Health = (typeof healths)[number];

/** What a tenant's health is told from. */
export interface Findings {
  readonly status: Tenant["status"] | undefined;
  readonly problems: readonly StackProblem[];
  /** Undefined: it can't be told without the engine. */
  readonly standing: Standing | undefined;
  /** Undefined: there is no stack. */
  readonly stack: Pick<StackKnowledge, "resources" | "cutOff" | "lastUpdate"> | undefined;
  readonly drift: ReportedTenant | undefined;
}

/** A tenant's health, and why, in a few words. */
export function healthOf(findings: Findings): { readonly health: Health; readonly reason: string } {
  const { problems, stack, standing, drift, status } = findings;
  const errors = problems.filter(({ severity }) => severity === "error");
  const worst = errors.find((problem) => !isUnreachable(problem)) ?? errors[0];
  if (worst !== undefined) {
    const [first = ""] = `${worst.system === undefined ? "" : `${worst.system}: `}${worst.message}`.split(
      "\n",
    );
    return { health: isUnreachable(worst) ? "unreachable" : "failing", reason: first };
  }
  if (stack?.cutOff === true) return { health: "failing", reason: "a run was cut off in the middle" };
  if (stack?.lastUpdate?.succeeded === false)
    return { health: "failing", reason: `the last ${stack.lastUpdate.kind} failed` };
  if (drift && drift.changes.length + (drift.strays ?? []).length > 0)
    return { health: "drifted", reason: driftWords(drift) };
  if (status === "destroyed" && (stack?.resources ?? 0) === 0)
    return { health: "well", reason: "destroyed: its file can be deleted" };
  if (status === "destroyed") return { health: "to deploy", reason: "marked for destruction" };
  if ((stack?.resources ?? 0) === 0) return { health: "to deploy", reason: "not deployed" };
  if (standing?.is === "other")
    return { health: "to deploy", reason: "its inputs are not those that were deployed" };
  if (drift?.result === "succeeded") return { health: "well", reason: "no drift" };
  if (standing?.is === "as deployed") return { health: "well", reason: "deployed as its file says" };
  return { health: "unknown", reason: "deployed; nobody looked whether it is as its file says" };
}

function driftWords({ changes, strays = [] }: ReportedTenant): string {
  const parts = [
    ...(changes.length > 0
      ? [`${counted(changes.length, "resource")} ${changes.length === 1 ? "differs" : "differ"}`]
      : []),
    ...(strays.length > 0 ? [`${counted(strays.length, "thing")} in no file`] : []),
  ];
  return parts.join(", ");
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
