import { z } from "zod";
import { Failure } from "../report/failure.ts";

const position = z.object({ file: z.string(), line: z.int(), column: z.int() });
// JSON has no undefined: what is missing was nothing, or will be.
const property = z
  .object({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() })
  .transform(({ path, from, to }) => ({ path, from, to }));
const change = z.object({
  change: z.enum(["create", "update", "replace", "delete"]),
  type: z.string(),
  name: z.string(),
  properties: z.array(property),
});
const problem = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  system: z.string().optional(),
  message: z.string(),
  fix: z.string().optional(),
  policy: z.string().optional(),
  resource: z.string().optional(),
  position: position.optional(),
});
const tenant = z.object({
  tenant: z.string(),
  result: z.enum(["succeeded", "failed", "cancelled"]),
  changes: z.array(change),
  problems: z.array(problem),
  ignored: z.int().optional(),
  strays: z.array(z.string()).optional(),
});
const run = z.object({
  operation: z.enum(["preview", "up", "destroy", "drift"]),
  environment: z.string().max(100),
  tenants: z.array(tenant),
  skipped: z.array(z.object({ tenant: z.string() })),
  orphans: z.array(z.string()),
  problems: z.array(position.extend({ path: z.string(), message: z.string() })),
  interrupted: z.boolean(),
  at: z.iso.datetime().optional(),
});
/** A run of one named tenant prints that tenant alone. */
const alone = tenant
  .extend({ stack: z.string(), operation: run.shape.operation })
  .transform(({ stack, operation, ...only }): z.output<typeof run> => ({
    operation,
    environment: stack.slice(0, stack.indexOf(".")),
    tenants: [only],
    skipped: [],
    orphans: [],
    problems: [],
    interrupted: false,
  }));

/** What `--json` printed, as far as it is shown to people again. */
export type ReportedRun = z.output<typeof run>;
export type ReportedTenant = ReportedRun["tenants"][number];
export type ReportedProblem = ReportedTenant["problems"][number];

/**
 * Reads what `tenantry <operation> --json` printed. Throws a {@link Failure} `report-unreadable` for anything else, also for
 * another operation's report.
 */
export function readReport(text: string, operation: ReportedRun["operation"]): ReportedRun {
  const parsed = z.union([run, alone]).safeParse(json(text));
  if (parsed.success && parsed.data.operation === operation) return parsed.data;
  const why = parsed.success
    ? `it is of ${parsed.data.operation}`
    : text.trim() === ""
      ? "it is empty: that run ended before it could report"
      : "it is something else";
  throw new Failure("report-unreadable", `no report of tenantry ${operation}: ${why}`, {
    fix: `give it what \`npx tenantry ${operation} --all --json\` prints`,
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
