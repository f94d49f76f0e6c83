import { z } from "zod";

/**
 * The parts that we read of the engine's JSON events, one a line, as `pulumi up --json` writes them
 * (sdk/go/common/apitype/events.go in pulumi/pulumi). Everything else in them is left alone.
 */
const properties = z.record(z.string(), z.unknown());
const state = z.object({ inputs: properties.default({}), outputs: properties.default({}) }).nullish();
const operation = z.string();

const metadata = z.object({
  op: operation,
  urn: z.string(),
  type: z.string(),
  old: state,
  new: state,
  detailedDiff: z
    .record(z.string(), z.object({ diffKind: z.string(), inputDiff: z.boolean().default(false) }))
    .nullish(),
  logical: z.boolean().default(false),
});

const step = z.object({ metadata });

export const engineEvent = z.object({
  timestamp: z.number(),
  resourcePreEvent: step.optional(),
  resOutputsEvent: step.optional(),
  resOpFailedEvent: step.optional(),
  diagnosticEvent: z
    .object({ urn: z.string().optional(), message: z.string(), severity: z.string() })
    .optional(),
  policyEvent: z
    .object({
      resourceUrn: z.string().optional(),
      message: z.string(),
      policyName: z.string(),
      policyPackName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
  summaryEvent: z
    .object({ resourceChanges: z.record(z.string(), z.number()).default({}), result: z.string().optional() })
    .optional(),
});

export type EngineEvent = z.output<typeof engineEvent>;
export type StepMetadata = z.output<typeof metadata>;
