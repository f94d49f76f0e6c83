import type { Problem } from "../schema/problem.ts";
import type { Alike } from "./alike.ts";
import type { Chosen } from "./select-tenants.ts";
import type { StackOutcome } from "./stack-outcome.ts";
import type { ResourceStep } from "./stack-report.ts";

/** How one tenant of a run fared, and why it was in it. */
export interface TenantOutcome extends StackOutcome {
  readonly reason: string;
  /** Of a look for drift: how many differences the tenant's file says to ignore. */
  readonly ignored?: number;
  /** Of a look for drift: what is in the systems and in no file, `PostgreSQL login acme_eve`. */
  readonly strays?: readonly string[];
}

/** What is done to many tenants. `drift` is a preview that looks at the systems, without what is to be ignored. */
export type FleetOperation = StackOutcome["operation"] | "drift";

/** How a run over many tenants ended: what `--json` prints. */
export interface FleetReport {
  readonly operation: FleetOperation;
  readonly environment: string;
  /** In the order of the files. */
  readonly tenants: readonly TenantOutcome[];
  readonly skipped: readonly Chosen[];
  /** Tenants that are changed in the same way, largest group first; of a preview only. */
  readonly alike: readonly Alike[];
  /** Stacks of the environment that no tenant's file stands for. Nothing is done to them. */
  readonly orphans: readonly string[];
  /** What is wrong beside tenants. */
  readonly problems: readonly Problem[];
  readonly interrupted: boolean;
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly seconds: number;
}

/** Hears how a run goes on. */
export interface FleetListener {
  readonly onSelected: (chosen: readonly Chosen[], skipped: readonly Chosen[]) => void;
  /** `doing` is what is done to the tenant: the operation, or a look at what it would delete. */
  readonly onStarted: (tenant: string, doing: string) => void;
  readonly onStep: (tenant: string, step: ResourceStep) => void;
  /** Something in a sentence, of a tenant or of the whole run. */
  readonly onNote: (tenant: string | undefined, note: string) => void;
  readonly onEnded: (outcome: TenantOutcome) => void;
}
