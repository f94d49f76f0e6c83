import type { z } from "zod";
import { domain, email, name, teamId } from "../schema/patterns.ts";
import type { contact } from "../schema/sections/people.ts";
import { settings } from "../schema/tenant.ts";
import { titleCase } from "../schema/title-case.ts";
import { type CatalogEntity, catalogEntities } from "./catalog-entities.ts";
import { sourceText } from "./evidence.ts";
import type { Unit } from "./find-units.ts";
import { profileOutputs } from "./known-outputs.ts";

/** A value, and where it was read. */
export interface Sourced<T> {
  readonly value: T;
  /** In a line. Undefined: it was made up from the id. */
  readonly source: string | undefined;
}

/** What was read of a unit, beside what makes it one. Only what a tenant's file can hold. */
export interface Profile {
  readonly name: Sourced<string>;
  readonly region: Sourced<string> | undefined;
  readonly domains: readonly Sourced<string>[];
  readonly contacts: readonly Sourced<z.output<typeof contact>>[];
  readonly teams: readonly Sourced<{ readonly id: string; readonly name: string | undefined }>[];
}

/** Reads a unit's profile from its catalog entities and its states' outputs. */
export function profileOf({ id, repository, workspaces }: Unit): Profile {
  const entities = catalogEntities(repository?.catalogInfo?.text ?? "");
  const inCatalog = (entity: CatalogEntity, field: string): string =>
    sourceText({
      system: "GitHub",
      place: repository?.fullName ?? "",
      field: `${repository?.catalogInfo?.path ?? ""}, ${entity.kind} ${entity.metadata.name}, ${field}`,
    });
  const outputs = (names: readonly string[]): Sourced<string>[] =>
    workspaces.flatMap((workspace) =>
      names.flatMap((output) => {
        const value = workspace.outputs[output];
        const field = `output ${output}`;
        const source = sourceText({ system: "Terraform Cloud", place: workspace.fullName, field });
        return value === undefined ? [] : [{ value, source }];
      }),
    );
  const titled = ["Domain", "System", "Component"].flatMap((kind) =>
    entities.filter((entity) => entity.kind === kind && isName(entity.metadata.title)),
  )[0];
  const groups = entities.filter(({ kind }) => kind === "Group");
  return {
    name:
      titled === undefined
        ? { value: titleCase(id), source: undefined }
        : { value: titled.metadata.title ?? "", source: inCatalog(titled, "metadata.title") },
    region: outputs(profileOutputs.region).find(
      ({ value }) => settings.shape.region.safeParse(value).success,
    ),
    domains: distinct(outputs(profileOutputs.domain).filter(({ value }) => domain.safeParse(value).success)),
    contacts: entities.flatMap((entity) => {
      const found = contactOf(entity, entities);
      return found === undefined ? [] : [{ value: found, source: inCatalog(entity, "spec.profile") }];
    }),
    teams: groups
      .filter(({ metadata }) => teamId.safeParse(metadata.name).success)
      .map((group) => ({
        value: { id: group.metadata.name, name: nameOf(group) },
        source: inCatalog(group, "metadata.name"),
      })),
  };
}

const isName = (text: string | undefined): boolean => name.max(100).safeParse(text).success;

function nameOf({ metadata, spec }: CatalogEntity): string | undefined {
  return [spec.profile.displayName, metadata.title].find(isName);
}

/** A group or a person with an address: the owner of an entity beside it, else whom to ask about technical matters. */
function contactOf(
  entity: CatalogEntity,
  all: readonly CatalogEntity[],
): z.output<typeof contact> | undefined {
  const { kind, metadata, spec } = entity;
  const address = email.safeParse(spec.profile.email).data;
  if (!["Group", "User"].includes(kind) || address === undefined) return undefined;
  const references = [
    `${kind.toLowerCase()}:default/${metadata.name}`,
    `${kind.toLowerCase()}:${metadata.name}`,
  ];
  if (kind === "Group") references.push(metadata.name);
  const owns = all.some(({ spec: { owner = "" } }) => references.includes(owner));
  return {
    name: nameOf(entity) ?? titleCase(metadata.name),
    email: address,
    role: owns ? "owner" : "technical",
  };
}

function distinct(values: readonly Sourced<string>[]): Sourced<string>[] {
  return values.filter(({ value }, index) => values.findIndex((other) => other.value === value) === index);
}
