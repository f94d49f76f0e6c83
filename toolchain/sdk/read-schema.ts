import { execFileSync } from "node:child_process";
import type { Toolchain } from "../toolchain.ts";
import { sdkSource } from "./sdk-source.ts";

/** Asks the plugin for the schema of the resources that the SDK has. Gives JSON. */
export function readSchema({ pulumi, pulumiHome }: Pick<Toolchain, "pulumi" | "pulumiHome">): string {
  const { plugin, provider, version, resources } = sdkSource();
  const parameters = ["--", provider, version, "--include", resources.join(",")];
  return execFileSync(pulumi, ["package", "get-schema", `terraform-provider@${plugin}`, ...parameters], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PULUMI_HOME: pulumiHome, PULUMI_SKIP_UPDATE_CHECK: "true" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}
