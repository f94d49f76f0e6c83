import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The folder of the SDK for Terraform Cloud. */
export const sdkFolder: string = fileURLToPath(new URL("../../sdks/tfe", import.meta.url));

/** What the SDK is made from: `source.json` in its folder, which alone is written by hand. */
const source = z.strictObject({
  /** The version of Pulumi's plugin for any Terraform provider. */
  plugin: z.string(),
  /** The Terraform provider, as its registry knows it. */
  provider: z.string(),
  /** Its version. */
  version: z.string(),
  /** The resources that the SDK has, by Terraform's names. */
  resources: z.array(z.string()),
});
export type SdkSource = z.output<typeof source>;

export function sdkSource(): SdkSource {
  return source.parse(
    JSON.parse(readFileSync(new URL("../../sdks/tfe/source.json", import.meta.url), "utf8")),
  );
}
