import { type CatalogEntity, catalogEntities } from "../catalog-entities.ts";
import type { Detector, Evidence } from "../evidence.ts";
import { unitId } from "../unit-id.ts";

/**
 * Backstage entities of a repository: a Domain that is a business unit, a Component of infrastructure that a label ties to one,
 * and, as a hint, anything else that does.
 */
export const catalogInfo: Detector = ({ repository }) => {
  if (repository?.catalogInfo === undefined) return [];
  const { path, text } = repository.catalogInfo;
  return catalogEntities(text).flatMap((entity): Evidence[] => {
    const says = declared(entity) ?? labelled(entity);
    if (says === undefined) return [];
    const { field, ...rest } = says;
    const source = { system: "GitHub", place: repository.fullName, field: `${path}, ${field}` } as const;
    return [{ detector: "catalog-info", ...rest, source }];
  });
};

type Says = Pick<Evidence, "unit" | "weight" | "strength" | "found"> & { readonly field: string };

/** A Domain of the type, or with the tag, `business-unit`. */
function declared({ kind, metadata, spec }: CatalogEntity): Says | undefined {
  if (kind !== "Domain") return undefined;
  const field = spec.type === "business-unit" ? "spec.type" : "metadata.tags";
  if (field === "metadata.tags" && !metadata.tags.includes("business-unit")) return undefined;
  const unit = unitId(metadata.name);
  if (unit === undefined) return undefined;
  const found = `Domain ${metadata.name} is a business unit`;
  return { unit, weight: 0.8, strength: "statement", found, field };
}

/** A label or an annotation whose name, after its prefix, says business unit or tenant: `example.com/business-unit: finance`. */
function labelled({ kind, metadata, spec }: CatalogEntity): Says | undefined {
  const pairs = [...Object.entries(metadata.labels), ...Object.entries(metadata.annotations)];
  const [key, value = ""] = pairs.find(([name]) => /(?:^|\/)(?:business[-_]unit|tenant)$/.test(name)) ?? [];
  const unit = unitId(value);
  if (key === undefined || unit === undefined) return undefined;
  const infrastructure = kind === "Component" && /^(?:infrastructure|terraform)$/.test(spec.type ?? "");
  const found = `${kind} ${metadata.name} has ${key}: ${value}`;
  return infrastructure
    ? { unit, weight: 0.7, strength: "statement", found, field: key }
    : { unit, weight: 0.4, strength: "hint", found, field: key };
}
