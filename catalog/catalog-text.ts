import type { Entity } from "@backstage/catalog-model";
import { stringify } from "yaml";

/** How every file of ours begins. */
const beginning = "# Written by tenantry from ";

/** Entities as the text of one file. `source`: what they were made from. The same entities make the same text. */
export function catalogText(entities: readonly Entity[], source: string): string {
  const documents = entities.map((entity) => `---\n${stringify(entity, { lineWidth: 0 })}`);
  return `${beginning}${source}. Changes made here are lost.\n${documents.join("")}`;
}

/** The text of a tenant's file. */
export function tenantText(entities: readonly Entity[], tenant: string): string {
  return catalogText(entities, `the file of tenant ${tenant}`);
}

/** Whether a text is one of ours. */
export function isOurs(text: string): boolean {
  return text.startsWith(beginning);
}
