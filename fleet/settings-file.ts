import { join } from "node:path";

/** The path of a stack's configuration: `stackConfigDir` of Pulumi.yaml, and the engine's own name for it. */
export function settingsFile(root: string, stack: string): string {
  return join(root, "stacks", "config", `Pulumi.${stack}.yaml`);
}
