import type { Tenant } from "../../schema/tenant.ts";
import type { StackProblem } from "../stack-outcome.ts";
import type { ReportedTenant } from "../read-report.ts";
import type { Health } from "./health.ts";
import type { StackUpdate } from "./stack-knowledge.ts";
import type { SystemOverview } from "./systems-of.ts";

/** A fleet at a glance: what its files, its states and the last look for drift say of each tenant. */
export interface FleetOverview {
  readonly environment: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** When drift was looked for, ISO 8601; undefined: nobody looked. */
  readonly driftAt: string | undefined;
  /** Those that need somebody first, then by their ids. */
  readonly tenants: readonly TenantOverview[];
  /** Stacks of the environment that no tenant's file stands for. */
  readonly orphans: readonly OrphanOverview[];
  /** What is wrong beside tenants. */
  readonly problems: readonly StackProblem[];
}

/** What is known of one tenant. */
export interface TenantOverview {
  /** The file's name where the file gives no id that can be understood. */
  readonly id: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** What the file says; undefined when something is wrong with it. */
  readonly declared: Declared | undefined;
  readonly health: Health;
  /** Why it is in that health, in a few words. */
  readonly reason: string;
  readonly problems: readonly StackProblem[];
  readonly systems: readonly SystemOverview[];
  /** How many resources its stack holds. */
  readonly resources: number;
  /** The last run that changed anything. */
  readonly lastChange: StackUpdate | undefined;
  /** Undefined: nobody looked. */
  readonly drift: ReportedTenant | undefined;
}

export type Declared = Pick<Tenant, "name" | "kind" | "status" | "plan" | "region" | "parent" | "domains"> & {
  /** How many. */
  readonly people: number;
};

/** A stack whose tenant's file is gone. */
export interface OrphanOverview {
  readonly stack: string;
  /** Undefined: it couldn't be read. */
  readonly resources: number | undefined;
  readonly lastChange: StackUpdate | undefined;
}
