import { z } from "zod";
import { date, name } from "../patterns.ts";
import { policyNames } from "../policy-names.ts";

const waiver = z.strictObject({
  policy: z.enum(policyNames).describe("The policy's name, as in docs/policies.md."),
  resource: name
    .max(300)
    .optional()
    .describe(
      "The one resource that it is for, by the name that violations print. Default: all of the tenant.",
    ),
  reason: name.max(300).describe("Why it is right for now, and who said so."),
  until: date.describe("The last day of the waiver, in UTC. When it is over, remove it, or renew it."),
});

export const waivers = z
  .array(waiver)
  .default([])
  .describe("Policies that may be violated for a while. Each run says so.");

export type Waiver = z.output<typeof waiver>;
