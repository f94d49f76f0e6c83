import type { Detector } from "../evidence.ts";
import { unitId } from "../unit-id.ts";

/** The convention for a business unit's repository. `bu-finance-infrastructure-archive` is another name, and no unit's. */
const convention = /^bu-(?<unit>[a-z0-9][a-z0-9._-]*)-infrastructure$/i;

/** A repository that is called `bu-<name>-infrastructure`. */
export const naming: Detector = ({ repository }) => {
  const unit = unitId(convention.exec(repository?.name ?? "")?.groups?.["unit"] ?? "");
  if (repository === undefined || unit === undefined) return [];
  return [
    {
      detector: "naming",
      unit,
      weight: 0.9,
      strength: "statement",
      found: `called ${repository.name}`,
      source: { system: "GitHub", place: repository.fullName, field: "name" },
    },
  ];
};
