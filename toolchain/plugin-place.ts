import { join } from "node:path";

/** Where the engine looks for a plugin: a folder of `PULUMI_HOME`, and the program's file name in it. */
export function pluginPlace(
  pulumiHome: string,
  name: string,
  version: string,
): { readonly folder: string; readonly program: string } {
  return {
    folder: join(pulumiHome, "plugins", `resource-${name}-v${version}`),
    program: `pulumi-resource-${name}`,
  };
}
