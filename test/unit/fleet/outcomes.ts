import type { FleetReport, TenantOutcome } from "../../../fleet/fleet-report.ts";
import type { StackProblem } from "../../../fleet/stack-outcome.ts";
import type { Change, ResourceChange } from "../../../fleet/stack-report.ts";

/** How a tenant fared, for tests. */
export const outcome = (tenant: string, more: Partial<TenantOutcome> = {}): TenantOutcome => ({
  tenant,
  stack: `prod.${tenant}`,
  operation: "preview",
  result: "succeeded",
  changes: [],
  unchanged: 0,
  problems: [],
  seconds: 1,
  reason: "all",
  ...more,
});

export const problem = (code: string, more: Partial<StackProblem> = {}): StackProblem => ({
  severity: "error",
  code,
  system: undefined,
  message: code,
  fix: undefined,
  resource: undefined,
  position: undefined,
  ...more,
});

export const changed = (
  change: Change,
  name: string,
  properties: ResourceChange["properties"] = [],
  type = "postgresql:index/database:Database",
): ResourceChange => ({ change, name, type, urn: `urn:pulumi:x::tenantry::${type}::${name}`, properties });

export const report = (tenants: readonly TenantOutcome[], more: Partial<FleetReport> = {}): FleetReport => ({
  operation: "up",
  environment: "prod",
  tenants,
  skipped: [],
  alike: [],
  orphans: [],
  problems: [],
  interrupted: false,
  at: "2026-11-21T02:00:00.000Z",
  seconds: 1,
  ...more,
});
