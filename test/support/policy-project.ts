import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { engineEvent } from "../../fleet/engine-events.ts";
import { credentialNames, addressVariables } from "../../stacks/environment-variables.ts";
import { loadEnvironment, type Environment } from "../../stacks/environment.ts";
import { cacheFolder } from "../../toolchain/cache-folder.mjs";
import { findToolchain } from "../../toolchain/toolchain.ts";
import { root as repository } from "../../cli/project-root.ts";

/** What one policy said of one resource. */
export interface Said {
  readonly policy: string;
  /** The resource's name. */
  readonly resource: string;
  readonly level: string;
  readonly message: string;
}

export interface Preview {
  readonly exitCode: number;
  readonly said: readonly Said[];
  /** Everything that was printed. */
  readonly output: string;
}

/** A resource to register, as the engine takes it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly secretOutputs?: readonly string[];
  /** The inputs that are secrets. */
  readonly secrets?: readonly string[];
  /** The code of a dynamic resource, where it isn't the usual stub. */
  readonly code?: string;
}

const program = `
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { stub } from "../providers/stub.ts";
for (const each of JSON.parse(readFileSync("../resources.json", "utf8"))) {
  const { type, name, inputs, protect = false, secretOutputs = [], secrets = [], code } = each;
  const dynamic = type.split("dynamic/")[1]?.replace(":", "/");
  const given = Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secrets.includes(key) ? pulumi.secret(value) : value]),
  );
  new pulumi.CustomResource(
    type,
    name,
    dynamic === undefined ? given : { ...given, __provider: code ?? stub(dynamic) },
    { protect, additionalSecretOutputs: secretOutputs },
  );
}
`;

/** PostgreSQL's plugin looks at the server even in a preview; nothing else does, so the others aren't there. */
const environment = ({ host, port, sslmode }: Environment["postgres"]): string => `
postgres: { host: ${host}, port: ${port}, sslmode: ${sslmode}, locale: C.UTF-8 }
keycloak: { url: "http://127.0.0.1:9" }
mattermost: { url: "http://127.0.0.1:9" }
coder: { url: "http://127.0.0.1:9" }
gitea: { url: "http://127.0.0.1:9" }
twenty: { url: "http://127.0.0.1:9" }
mail: { host: 127.0.0.1, port: 9, tls: none, from: "accounts@tenantry.example" }
`;

/**
 * A copy of the project on the real engine with the real pack, for previews of what isn't there yet.
 */
export class PolicyProject {
  readonly #root: string;

  constructor(name: string, { postgres }: Environment) {
    this.#root = join(repository, ".tenantry", "projects", name);
    rmSync(this.#root, { recursive: true, force: true });
    const parts = ["policy", "schema", "providers", "components", "report", "stacks", "toolchain", "tenants"];
    for (const part of [
      ...parts,
      "migrations",
      "invitations",
      "workspace-templates",
      "catalog",
      "sdks",
      "package.json",
      "Pulumi.yaml",
    ]) {
      cpSync(join(repository, part), join(this.#root, part), { recursive: true });
    }
    symlinkSync(join(repository, "node_modules"), join(this.#root, "node_modules"));
    this.write("stacks/environments/offline.yaml", environment(postgres));
    mkdirSync(join(this.#root, "state"));
  }

  write(path: string, content: string): void {
    const file = join(this.#root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Previews a tenant's stack: of the project's program, or of one that registers just these resources. */
  async preview(tenant: string, resources?: readonly Registered[]): Promise<Preview> {
    const stack = `offline.${tenant}`;
    if (resources !== undefined) {
      this.write("stacks/index.ts", program);
      this.write("resources.json", JSON.stringify(resources));
    }
    await this.#pulumi(["stack", "init", "--stack", stack]);
    await this.#pulumi(["config", "set", "keycloak:initialLogin", "false", "--stack", stack]);
    const { exitCode, output } = await this.#pulumi([
      "preview",
      "--json",
      "--policy-pack",
      "policy",
      "--stack",
      stack,
    ]);
    const said = output.split("\n").flatMap((line): Said[] => {
      const event = line.startsWith("{")
        ? engineEvent.safeParse(JSON.parse(line)).data?.policyEvent
        : undefined;
      if (event === undefined) return [];
      const { policyName: policy, resourceUrn = "", enforcementLevel: level, message } = event;
      return [{ policy, resource: resourceUrn.slice(resourceUrn.lastIndexOf("::") + 2), level, message }];
    });
    return { exitCode, said, output };
  }

  async #pulumi(args: readonly string[]): Promise<{ readonly exitCode: number; readonly output: string }> {
    const toolchain = findToolchain(cacheFolder());
    if (toolchain === undefined) throw new Error("the toolchain is missing: npm run toolchain");
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.#root,
      env: {
        ...Object.fromEntries(credentialNames.map((name) => [name, "none"])),
        ...process.env,
        ...addressVariables(loadEnvironment(this.#root, "offline")),
        PATH: [toolchain.bin, join(repository, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
        PULUMI_HOME: toolchain.pulumiHome,
        TENANTRY_ROOT: this.#root,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
        NODE_COMPILE_CACHE: join(cacheFolder(), "compiled"),
        PULUMI_BACKEND_URL: `file://${join(this.#root, "state")}`,
        PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
        PULUMI_CONFIG_PASSPHRASE: "policy tests",
        PGSUPERUSER: "false",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = new Promise<number>((resolve, reject) => {
      child.once("error", reject).once("close", (code) => resolve(code ?? -1));
    });
    const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { exitCode, output: `${out}\n${err}` };
  }
}
