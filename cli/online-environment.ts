import { existsSync } from "node:fs";
import { join } from "node:path";
import { addressVariables, credentialNames } from "../stacks/environment-variables.ts";
import { loadEnvironment } from "../stacks/environment.ts";
import { readRecord } from "../testbed/record.ts";

/**
 * The variables with an environment's addresses, and for `local` its credentials: enough to ask its systems, without what an
 * engine needs. Throws a {@link Failure} `environment-unknown` or `environment-invalid`.
 */
export function onlineEnvironment(root: string, name: string, given = process.env): NodeJS.ProcessEnv {
  const addresses = addressVariables(loadEnvironment(root, name));
  if (name !== "local") return { ...given, ...addresses };
  const file = join(root, ".tenantry", "local", "credentials.json");
  const nobodys = Object.fromEntries(credentialNames.map((variable) => [variable, undefined]));
  return { ...given, ...addresses, ...nobodys, ...(existsSync(file) && readRecord(file)) };
}
