import type { Tenant } from "../schema/tenant.ts";
import type { Part } from "./tenant-services.ts";

/**
 * What only some servers have, and a tenant wants, is missed in the preview, not half-way through an up. Throws a
 * {@link Failure} `capability-missing`.
 */
export async function requireFeatures(tenant: Tenant, there: ReadonlySet<Part>): Promise<void> {
  const { collaboration, workspaces, teams } = tenant;
  if (there.has("collaboration") && collaboration.signIn === "realm") {
    const { requireMattermostSignIn } = await import("../providers/mattermost/capability.ts");
    await requireMattermostSignIn(process.env, "openid");
  }
  if (there.has("workspaces") && (workspaces.organization !== undefined || workspaces.groups)) {
    const { requireCoderFeature } = await import("../providers/coder/feature.ts");
    if (workspaces.organization !== undefined) await requireCoderFeature(process.env, "organizations");
    if (workspaces.groups && teams.length > 0) await requireCoderFeature(process.env, "groups");
  }
}
