import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { programFolder, type GoProgram } from "./go-server.ts";

/** The last Terraform whose module is whole: later ones leave parts of themselves to folders that are no module. */
export const terraform: GoProgram = {
  name: "terraform",
  system: "Terraform",
  module: "github.com/hashicorp/terraform",
  version: "v1.8.5",
  package: "github.com/hashicorp/terraform",
  variables: { "github.com/hashicorp/terraform/version.dev": "no" },
};

/** The folder with the `terraform` program. */
export const terraformFolder = (): string => programFolder(terraform);

/** A provider as a configuration names it, and the program that it is. */
export interface TerraformProvider {
  /** As in `required_providers`: `coder/coder`. */
  readonly source: string;
  readonly version: string;
  readonly program: GoProgram;
}

/**
 * Writes a configuration of Terraform's (for `TF_CLI_CONFIG_FILE`) that finds providers on this machine; it asks a registry
 * for others only. Gives the file.
 */
export function terraformSettings(folder: string, providers: readonly TerraformProvider[]): string {
  const mirror = join(folder, "terraform-providers");
  const cpu = process.arch === "x64" ? "amd64" : process.arch;
  rmSync(mirror, { recursive: true, force: true });
  const sources = providers.map(({ source }) => `registry.terraform.io/${source}`);
  for (const { source, version, program } of providers) {
    const link = join(mirror, "registry.terraform.io", source, version, `${process.platform}_${cpu}`);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(programFolder(program), link);
  }
  const file = join(folder, "terraform.rc");
  const text = `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${JSON.stringify(sources)}
  }
  direct {
    exclude = ${JSON.stringify(sources)}
  }
}
`;
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
