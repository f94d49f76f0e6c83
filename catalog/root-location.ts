import type { LocationEntity } from "@backstage/catalog-model";
import { type Document, isMap, isScalar, parseDocument, YAMLSeq } from "yaml";
import { Failure } from "../report/failure.ts";
import { catalogText } from "./catalog-text.ts";
import { apiVersion } from "./metadata.ts";

/** The file of a catalog's repository that leads to all others: what Backstage is told of. */
export const rootFile = "catalog-info.yaml";

/**
 * The text of the Location that leads to the files of tenants. A file that is gone takes its entities along: Backstage keeps
 * those of a target that is required, and reads patterns such as `*.yaml` from GitHub, not from Gitea.
 */
export function rootText(targets: readonly string[]): string {
  const location: LocationEntity = {
    apiVersion,
    kind: "Location",
    metadata: { name: "tenantry", description: "All tenants" },
    spec: { presence: "optional", targets: [...targets].sort() },
  };
  return catalogText([location], "tenant files");
}

/** Where the root leads for a tenant's file, given by its path. */
export function targetOf(path: string): string {
  return `./${path}`;
}

/**
 * A Location's text, with a target more if it isn't there. Undefined: there is none yet. Throws a {@link Failure}
 * `not-a-location`.
 */
export function withTarget(text: string | undefined, target: string): string {
  if (text === undefined) return rootText([target]);
  const location = parseLocation(text);
  if (location === undefined) {
    throw new Failure("not-a-location", `the catalog's ${rootFile} is not one Location with targets`, {
      fix: "make it one, or move it away: then a new one is made",
    });
  }
  const { document, targets } = location;
  if (valuesOf(targets).includes(target)) return text;
  const next = valuesOf(targets).findIndex((each) => String(each) > target);
  targets.flow = false;
  targets.items.splice(next < 0 ? targets.items.length : next, 0, document.createNode(target));
  document.setIn(["spec", "targets"], targets);
  return document.toString({ lineWidth: 0 });
}

/** A Location's text without a target. */
export function withoutTarget(text: string, target: string): string {
  const location = parseLocation(text);
  const index = location ? valuesOf(location.targets).indexOf(target) : -1;
  if (location === undefined || index < 0) return text;
  location.targets.items.splice(index, 1);
  return location.document.toString({ lineWidth: 0 });
}

/** Whether a text is a Location that leads to a target. */
export function hasTarget(text: string, target: string): boolean {
  const location = parseLocation(text);
  return location !== undefined && valuesOf(location.targets).includes(target);
}

function valuesOf({ items }: YAMLSeq): unknown[] {
  return items.map((item) => (isScalar(item) ? item.value : item));
}

function parseLocation(text: string): { readonly document: Document; readonly targets: YAMLSeq } | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents) || !isMap(document.get("spec")))
    return undefined;
  const targets = document.getIn(["spec", "targets"]) ?? new YAMLSeq();
  const isLocation = document.get("kind") === "Location" && targets instanceof YAMLSeq;
  return isLocation ? { document, targets } : undefined;
}
