import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { obtainProgram } from "../../../testbed/go-server.ts";
import {
  terraform,
  terraformFolder,
  terraformSettings,
  type TerraformProvider,
} from "../../../testbed/terraform.ts";
import { moduleFolder } from "../../../toolchain/go.ts";
import type { Contender } from "./contender.ts";
import { measure, type Cost } from "./measure.ts";

const configuration = fileURLToPath(new URL("../terraform", import.meta.url));
const state = z.object({
  resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })),
});

interface Settings {
  /** Everything that providers need to reach the systems. */
  readonly environment: NodeJS.ProcessEnv;
  /** The locale of databases. */
  readonly locale: string;
  /** Where the configuration and the state are kept. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The fleet as one Terraform state, with the providers that the plugins are made of. */
export class Terraform implements Contender {
  readonly name = "Terraform";
  readonly prefix = "bench-f";
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async prepare(say: (detail: string) => void): Promise<void> {
    const { folder, signal } = this.#settings;
    const providers = [
      provider(
        "terraform-providers/postgresql",
        "github.com/terraform-providers/terraform-provider-postgresql",
      ),
      provider("keycloak/keycloak", "github.com/keycloak/terraform-provider-keycloak"),
    ];
    for (const program of [terraform, ...providers.map((each) => each.program)])
      await obtainProgram(program, say, signal);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    terraformSettings(folder, providers);
    cpSync(configuration, folder, { recursive: true });
    await this.#run(["init"]);
  }

  write(ids: readonly string[]): void {
    const { folder, locale } = this.#settings;
    writeFileSync(join(folder, "fleet.auto.tfvars.json"), JSON.stringify({ tenants: ids, locale }));
  }

  up(): Promise<Cost> {
    return this.#run(["apply", "-auto-approve"]);
  }

  drift(): Promise<Cost> {
    return this.#run(["plan", "-refresh-only"]);
  }

  resources(): number {
    const text = readFileSync(join(this.#settings.folder, "terraform.tfstate"), "utf8");
    const { resources } = state.parse(JSON.parse(text));
    return resources
      .filter(({ mode }) => mode === "managed")
      .reduce((sum, each) => sum + each.instances.length, 0);
  }

  forget(): Promise<void> {
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup"])
      rmSync(join(this.#settings.folder, name), { force: true });
    return Promise.resolve();
  }

  #run([command = "", ...options]: readonly string[]): Promise<Cost> {
    const { folder, environment, signal } = this.#settings;
    const env = {
      ...environment,
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
      // No host is asked whether there's a newer one.
      CHECKPOINT_DISABLE: "1",
    };
    const program = join(terraformFolder(), terraform.name);
    return measure([program, command, "-input=false", "-no-color", ...options], { cwd: folder, env, signal });
  }
}

/** A provider in the version that the plugin of the same name is built from. */
function provider(source: string, module: string): TerraformProvider {
  const requirements = readFileSync(join(moduleFolder("plugins"), "go.mod"), "utf8");
  const version = requirements.split(`${module} `)[1]?.split(/\s/)[0];
  if (version === undefined) throw new Error(`the plugins aren't built from ${module}`);
  const name = module.slice(module.lastIndexOf("/") + 1);
  return {
    source,
    // A commit without a release has to be called something; 0.0.0 is no version to Terraform.
    version: version.startsWith("v0.0.0-") ? "0.0.1" : version.slice(1),
    program: { name, system: "Terraform", module, version, package: module },
  };
}
