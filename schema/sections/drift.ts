import { z } from "zod";
import { name } from "../patterns.ts";

const rule = z.strictObject({
  resource: name.describe(
    "Which resources: a name as `tenantry drift` shows it, with or without its kind, such as `acme-database`. `*` stands for any text.",
  ),
  attribute: name.describe(
    "Which of its attributes, with all that is below: `connectionLimit`, `securityDefenses`. `*` stands for any text.",
  ),
  reason: name.describe("Why it may differ: for whoever reads the file next."),
});

export const drift = z.strictObject({
  ignore: z
    .array(rule)
    .default([])
    .describe(
      "Differences that `tenantry drift` doesn't report. What `tenantry up` does is not changed by it.",
    ),
});

export type DriftRule = z.output<typeof rule>;
