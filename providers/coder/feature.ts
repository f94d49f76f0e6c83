import { z } from "zod";
import { Failure } from "../../report/failure.ts";
import type { ApiClient } from "../http/api-client.ts";
import { coderApi, type Environment } from "./server.ts";

/** What only some servers have. */
export type CoderFeature = "groups" | "organizations";

/** The names that licences have for them. */
const licensed: Readonly<Record<CoderFeature, string>> = {
  groups: "template_rbac",
  organizations: "multiple_organizations",
};

const entitlements = z.object({ features: z.record(z.string(), z.object({ enabled: z.boolean() })) });

/**
 * Asks the server of the environment (`CODER_URL`, `CODER_SESSION_TOKEN`) whether it has a feature, for a program to
 * call at preview. Changes nothing.
 *
 * Throws a {@link Failure} `capability-missing` that names the feature and the licence it takes, or what the client throws.
 */
export async function requireCoderFeature(environment: Environment, feature: CoderFeature): Promise<void> {
  await requireFeature(coderApi(environment), feature);
}

/** As {@link requireCoderFeature}, of a client's server. */
export async function requireFeature(api: ApiClient, feature: CoderFeature): Promise<void> {
  // The open build has no such page.
  const found = await api.get("/entitlements", entitlements);
  if (found?.features[licensed[feature]]?.enabled === true) return;
  const build = found === undefined ? "is the open build" : "has no licence for it";
  throw new Failure("capability-missing", `this server has no ${feature} of its own making: it ${build}`, {
    system: "Coder",
    fix: `get a Premium licence (feature ${licensed[feature]}), or do without ${feature} in the tenant's file`,
  });
}
