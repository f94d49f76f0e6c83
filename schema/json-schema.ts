import { z } from "zod";
import { layer, tenantFile } from "./tenant.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of a tenant's own file, for editors. */
export function tenantJsonSchema(): JsonSchema {
  return jsonSchema(tenantFile, {
    $id: "urn:tenantry:tenant:1",
    title: "Tenant",
    description: "One tenant or business unit of Tenantry.",
  });
}

/** The JSON Schema of `defaults.yaml` and of the plans. */
export function settingsJsonSchema(): JsonSchema {
  return jsonSchema(layer, {
    $id: "urn:tenantry:settings:1",
    title: "Settings",
    description: "What tenants have unless their plan, or their own file, says otherwise.",
  });
}

function jsonSchema(model: z.ZodType, head: JsonSchema): JsonSchema {
  const schema: JsonSchema = z.toJSONSchema(model, {
    io: "input",
    // The draft that editors know best.
    target: "draft-7",
    override: ({ jsonSchema: node }) => {
      // Maps are filled in field by field; an editor would offer the empty map.
      if (node.type === "object") delete node.default;
    },
  });
  return { ...head, ...schema };
}
