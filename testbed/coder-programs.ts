import { join } from "node:path";
import { obtainProgram, programFolder, type GoProgram } from "./go-server.ts";
import type { Say } from "./server.ts";
import { terraform, type TerraformProvider } from "./terraform.ts";

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

const provider: GoProgram = {
  name: "terraform-provider-coder",
  system,
  module: "github.com/coder/terraform-provider-coder/v2",
  version: "v2.19.0",
  package: "github.com/coder/terraform-provider-coder/v2",
};

/** What templates are written with. */
export const coderProvider: TerraformProvider = {
  source: "coder/coder",
  version: provider.version.slice(1),
  program: provider,
};

/** The program itself. */
export const coderBinary = (): string => join(programFolder(coder), coder.name);

/** Gets Coder and what it needs for templates. Throws as `obtainProgram` does. */
export async function obtainCoder(say: Say, signal: AbortSignal): Promise<void> {
  for (const program of [terraform, provider, coder]) await obtainProgram(program, say, signal);
}
