import type { Detector } from "../evidence.ts";

/** Terraform that is applied, not a module for others to use: at the top, or in the folder that is usual for it. */
const root = /^(?:(?:terraform|infra|infrastructure|iac)\/)?(?:main|backend|providers?|terraform)\.tf$/;

/** A folder or a file of values for each environment. */
const environments =
  /(?:^|\/)(?:(?:environments?|envs?|stages?)\/[\w-]+\/[\w.-]+\.(?:tf|tfvars)|(?:dev|test|qa|stage|staging|prod|production)\.tfvars)$/;

/** Terraform laid out as for infrastructure. It names no unit. */
export const fileStructure: Detector = ({ repository }) => {
  if (repository === undefined) return [];
  const main = repository.files.find((file) => root.test(file));
  const perEnvironment = repository.files.find((file) => environments.test(file));
  const found = [main, perEnvironment].filter((file) => file !== undefined);
  if (found.length === 0) return [];
  return [
    {
      detector: "file-structure",
      unit: undefined,
      weight: found.length === 2 ? 0.3 : 0.2,
      strength: "hint",
      found: `has ${found.join(" and ")}`,
      source: { system: "GitHub", place: repository.fullName, field: "files" },
    },
  ];
};
