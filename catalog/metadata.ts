import type { EntityMeta } from "@backstage/catalog-model";

export const apiVersion = "backstage.io/v1alpha1";

/** The label that every entity of a tenant has: permissions and filters of Backstage can go by it. */
const tenantLabel = "tenantry/tenant";

type More = Pick<EntityMeta, "title" | "description" | "annotations" | "tags" | "links">;

/** The metadata of one of a tenant's entities. */
export function metadata(tenant: string, name: string, more: More = {}): EntityMeta {
  return { name, labels: { [tenantLabel]: tenant }, ...more };
}
