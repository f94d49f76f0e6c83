import type { ResourceEntity } from "@backstage/catalog-model";
import { entityName } from "./entity-name.ts";
import { apiVersion, metadata } from "./metadata.ts";
import type { DeliveryPlace, Surroundings } from "./surroundings.ts";

type Workspace = DeliveryPlace["workspaces"][number];
type Places = Pick<Surroundings, "sourceControl" | "delivery">;

/** The tenant's workspaces in Terraform Cloud: each depends on the repository that its code is in, if that is the tenant's. */
export function workspacesOf({ id }: { readonly id: string }, places: Places): ResourceEntity[] {
  const { delivery, sourceControl } = places;
  return (delivery?.workspaces ?? []).map((workspace) => {
    const code = sourceControl?.repositories.find(({ name }) =>
      workspacesOn(name, places).includes(workspace),
    );
    return {
      apiVersion,
      kind: "Resource",
      metadata: metadata(id, entityName(id, `terraform.${workspace.environment}`), {
        description: `Terraform Cloud workspace ${workspace.name}`,
        annotations: terraformAnnotations(delivery, [workspace]),
        ...(delivery && {
          links: [
            {
              url: `${delivery.url}/app/${delivery.organization}/workspaces/${workspace.name}`,
              title: "Workspace",
            },
          ],
        }),
      }),
      spec: {
        type: "terraform-workspace",
        owner: id,
        system: id,
        ...(code && { dependsOn: [`component:${entityName(id, code.name)}`] }),
      },
    };
  });
}

/** The workspaces whose code is in one of the tenant's repositories. */
export function workspacesOn(repository: string, { sourceControl, delivery }: Places): Workspace[] {
  const names = [repository, `${sourceControl?.organization ?? ""}/${repository}`].map((name) =>
    name.toLowerCase(),
  );
  return (delivery?.workspaces ?? []).filter(({ repository: code }) =>
    names.includes(code?.toLowerCase() ?? ""),
  );
}

/** What the plugin for Terraform Cloud reads. */
export function terraformAnnotations(
  delivery: DeliveryPlace | undefined,
  workspaces: readonly Workspace[],
): Record<string, string> {
  if (delivery === undefined || workspaces.length === 0) return {};
  return {
    "terraform/organization": delivery.organization,
    "terraform/workspaces": workspaces.map(({ name }) => name).join(","),
  };
}
