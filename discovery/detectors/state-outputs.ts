import type { Detector } from "../evidence.ts";
import { unitId } from "../unit-id.ts";

/** The outputs that name a business unit. */
export const unitOutputs = [
  "business_unit",
  "business_unit_id",
  "bu",
  "bu_name",
  "tenant",
  "tenant_id",
] as const;

/** A workspace whose state has an output that names a business unit: `business_unit = "finance"`. */
export const stateOutputs: Detector = ({ workspaces }) =>
  workspaces.flatMap(({ fullName, outputs }) =>
    unitOutputs.flatMap((name) => {
      const value = outputs[name] ?? "";
      const unit = unitId(value);
      if (unit === undefined) return [];
      return [
        {
          detector: "state-outputs",
          unit,
          weight: 0.6,
          strength: "statement",
          found: `output ${name} is "${value}"`,
          source: { system: "Terraform Cloud", place: fullName, field: `output ${name}` },
        } as const,
      ];
    }),
  );
