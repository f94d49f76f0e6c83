import { readFileSync } from "node:fs";
import { z } from "zod";
import { sdkSource, type SdkSource } from "./sdk/sdk-source.ts";

/** Plugins of the toolchain. A new one is a name here, and a folder and its dependencies under plugins/ for machines that build it. */
const plugins = ["keycloak", "postgresql", "github"] as const;
export type PluginName = (typeof plugins)[number];

export interface PluginVersion {
  readonly name: PluginName;
  readonly version: string;
}

/** What package-lock.json pins: the Pulumi CLI has its SDK's version, each plugin that of its npm package. */
export interface Versions {
  readonly pulumi: string;
  readonly plugins: readonly PluginVersion[];
  /** Pulumi's plugin for any Terraform provider, and the provider that it runs, as `sdks/tfe/source.json` pins them. */
  readonly terraform: SdkSource;
}

const lockFile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/**
 * Reads the pinned versions. They are written nowhere else; those of the sources are in each go.mod.
 *
 * @param lock the text of package-lock.json
 */
export function readVersions(
  lock = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"),
): Versions {
  const { packages } = lockFile.parse(JSON.parse(lock));
  const versionOf = (name: string): string => {
    const version = packages[`node_modules/@pulumi/${name}`]?.version;
    if (version === undefined) throw new Error(`package-lock.json does not pin @pulumi/${name}`);
    return version;
  };
  return {
    pulumi: versionOf("pulumi"),
    plugins: plugins.map((name) => ({ name, version: versionOf(name) })),
    terraform: sdkSource(),
  };
}
