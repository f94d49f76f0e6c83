import { settingsJsonSchema, tenantJsonSchema } from "./json-schema.ts";
import { referencePage } from "./reference-page.ts";

/** The files that are made from the model, by their path in the project. */
export function generated(): Readonly<Record<string, string>> {
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    "schema/tenant.schema.json": json(tenantJsonSchema()),
    "schema/settings.schema.json": json(settingsJsonSchema()),
    "docs/reference/tenant-file.md": referencePage(tenantJsonSchema()),
  };
}
