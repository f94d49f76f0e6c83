import * as backstage from "@backstage/catalog-model";
import {
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from "@backstage/catalog-model";
import { z } from "zod";

/** What a catalog holds every entity against before it takes it: Backstage's own policies and kinds. */
const envelope = backstage.EntityPolicies.allOf([
  new backstage.SchemaValidEntityPolicy(),
  new backstage.DefaultNamespaceEntityPolicy(),
  new backstage.NoForeignRootFieldsEntityPolicy(),
  new backstage.FieldFormatEntityPolicy(),
]);
const kinds: Readonly<Record<string, backstage.KindValidator>> = {
  API: backstage.apiEntityV1alpha1Validator,
  Component: backstage.componentEntityV1alpha1Validator,
  Domain: backstage.domainEntityV1alpha1Validator,
  Group: backstage.groupEntityV1alpha1Validator,
  Location: backstage.locationEntityV1alpha1Validator,
  Resource: backstage.resourceEntityV1alpha1Validator,
  System: backstage.systemEntityV1alpha1Validator,
  User: backstage.userEntityV1alpha1Validator,
};

/** What Backstage has against an entity; undefined: nothing. */
export async function refusal(entity: Entity): Promise<string | undefined> {
  try {
    await envelope.enforce(entity);
    const known = await kinds[entity.kind]?.check(entity);
    return known === true ? undefined : `${refOf(entity)}: no such kind`;
  } catch (error) {
    return `${refOf(entity)}: ${String(error)}`;
  }
}

/** `kind:namespace/name` in small letters, by which a catalog tells entities apart. */
export function refOf(entity: Entity): string {
  return stringifyEntityRef(getCompoundEntityRef(entity));
}

/** What a reference may be to where it names no kind, by the fields of the descriptor format that hold references. */
const defaultKinds: Readonly<Record<string, string | undefined>> = {
  owner: "group",
  parent: "group",
  children: "group",
  members: "user",
  memberOf: "group",
  system: "system",
  domain: "domain",
  subdomainOf: "domain",
  subcomponentOf: "component",
  providesApis: "api",
  consumesApis: "api",
  dependsOn: undefined,
  dependencyOf: undefined,
};

const references = z.union([z.array(z.string()), z.string().transform((ref) => [ref])]);

/** All references from an entity to others. Throws for one that leaves its kind to guess. */
export function relationsOf({ spec = {}, metadata }: Entity): string[] {
  return Object.entries(defaultKinds).flatMap(([field, defaultKind]) =>
    references.parse(spec[field] ?? []).map((ref) =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          ...(defaultKind !== undefined && { defaultKind }),
          defaultNamespace: metadata.namespace ?? "default",
        }),
      ),
    ),
  );
}

/** `from → to` of every reference to what isn't there. */
export function dangling(entities: readonly Entity[]): string[] {
  const there = new Set(entities.map(refOf));
  return entities.flatMap((entity) =>
    relationsOf(entity)
      .filter((ref) => !there.has(ref))
      .map((ref) => `${refOf(entity)} → ${ref}`),
  );
}
