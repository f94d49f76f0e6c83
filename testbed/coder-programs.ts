import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { obtainProgram, programFolder, type GoProgram } from "./go-server.ts";
import type { Place } from "./place.ts";
import type { Say } from "./server.ts";

const system = "Coder";

/** Coder 2.36, the open build: no groups, one organization. */
const coder: GoProgram = {
  name: "coder",
  system,
  module: "github.com/coder/coder/v2",
  version: "v2.36.1",
  package: "github.com/coder/coder/v2/cmd/coder",
  variables: { "github.com/coder/coder/v2/buildinfo.tag": "2.36.1" },
};

/** The last Terraform whose module is whole: later ones leave parts of themselves to folders that are no module. */
const terraform: GoProgram = {
  name: "terraform",
  system,
  module: "github.com/hashicorp/terraform",
  version: "v1.8.5",
  package: "github.com/hashicorp/terraform",
  variables: { "github.com/hashicorp/terraform/version.dev": "no" },
};

const provider: GoProgram = {
  name: "terraform-provider-coder",
  system,
  module: "github.com/coder/terraform-provider-coder/v2",
  version: "v2.19.0",
  package: "github.com/coder/terraform-provider-coder/v2",
};

/** The program itself. */
export const coderBinary = (): string => join(programFolder(coder), coder.name);

/** The folder with the `terraform` that Coder runs for its templates. */
export const terraformFolder = (): string => programFolder(terraform);

/** Gets Coder and what it needs for templates. Throws as `obtainProgram` does. */
export async function obtainCoder(say: Say, signal: AbortSignal): Promise<void> {
  for (const program of [terraform, provider, coder]) await obtainProgram(program, say, signal);
}

/**
 * Writes a configuration of Terraform's that finds Coder's provider on this machine; it asks a registry for others only.
 * Gives the file.
 */
export function terraformSettings(place: Place): string {
  const mirror = join(place.folder, "terraform-providers");
  const source = "registry.terraform.io/coder/coder";
  const versions = join(mirror, source, provider.version.slice(1));
  const cpu = process.arch === "x64" ? "amd64" : process.arch;
  rmSync(mirror, { recursive: true, force: true });
  mkdirSync(versions, { recursive: true });
  symlinkSync(programFolder(provider), join(versions, `${process.platform}_${cpu}`));
  const file = join(place.folder, "terraform.rc");
  const text = `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${source}"]
  }
  direct {
    exclude = ["${source}"]
  }
}
`;
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
