import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { IdentityArgs } from "../../components/identity.ts";
import { engineEnvironment } from "../../fleet/engine-environment.ts";
import { keycloakServer } from "./keycloak-server.ts";
import { testRoot } from "./servers.ts";

const run = promisify(execFile);
const repository = fileURLToPath(new URL("../..", import.meta.url));

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

const program = `
import { getStack } from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { Identity } from "../../../components/identity.ts";
const { issuer, accountConsole, portal, clients, people } =
  new Identity(getStack(), JSON.parse(readFileSync("args.json", "utf8")));
export { issuer, accountConsole, portal, clients, people };
`;

/** A stack of nothing but an Identity, on the real engine. The stack, the component and the realm have one name. */
export class IdentityStack {
  readonly name: string;
  readonly #folder: string;

  constructor(name: string) {
    this.name = name;
    this.#folder = join(repository, ".tenantry", "contract", name);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(join(this.#folder, "state"), { recursive: true });
    symlinkSync(join(repository, "providers"), join(this.#folder, "providers"));
    const project = {
      name: "identity",
      main: "index.ts",
      runtime: { name: "nodejs", options: { typescript: false } },
    };
    writeFileSync(join(this.#folder, "Pulumi.yaml"), JSON.stringify(project));
    writeFileSync(join(this.#folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(this.#folder, "index.ts"), program);
  }

  async up(args: IdentityArgs): Promise<void> {
    if (!existsSync(join(this.#folder, "args.json"))) await this.#wipe();
    this.#declare(args);
    await this.pulumi(["stack", "select", "--create", "--stack", this.name]);
    await this.pulumi(["up", "--yes", "--skip-preview", "--stack", this.name]);
  }

  /**
   * What an up would change: `create <resource>`, `update <resource> <property>`; with `refresh` after looking at the
   * server.
   */
  async preview(args: IdentityArgs, refresh: "refresh" | "state only"): Promise<string[]> {
    this.#declare(args);
    const flags = refresh === "refresh" ? ["--refresh"] : [];
    const text = await this.pulumi(["preview", "--json", "--stack", this.name, ...flags]);
    const { steps } = JSON.parse(text) as { readonly steps: readonly Step[] };
    return steps
      .filter(({ op }) => !["same", "refresh"].includes(op))
      .flatMap(({ op, urn, detailedDiff }) => {
        const change = `${op} ${urn.slice(urn.lastIndexOf("::") + 2)}`;
        const properties = Object.keys(detailedDiff ?? {}).map((path) => path.split(/[.[]/, 1)[0]);
        return op === "update"
          ? [...new Set(properties)].map((property) => `${change} ${property}`)
          : [change];
      })
      .sort();
  }

  /** Looks at the server and makes it as declared. */
  async repair(args: IdentityArgs): Promise<void> {
    this.#declare(args);
    await this.pulumi(["up", "--refresh", "--yes", "--skip-preview", "--stack", this.name]);
  }

  async outputs<T>(): Promise<T> {
    return JSON.parse(
      await this.pulumi(["stack", "output", "--json", "--show-secrets", "--stack", this.name]),
    ) as T;
  }

  async destroy(): Promise<void> {
    await this.pulumi(["destroy", "--yes", "--skip-preview", "--remove", "--stack", this.name]);
  }

  /** Runs `pulumi` in the stack's folder; fails with what it printed. */
  async pulumi(args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await run("pulumi", [...args, "--non-interactive"], {
        cwd: this.#folder,
        env: {
          ...process.env,
          ...engineEnvironment(testRoot, "local"),
          PULUMI_BACKEND_URL: `file://${join(this.#folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
          PULUMI_CONFIG_PASSPHRASE: "contract tests",
        },
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`pulumi ${args.join(" ")}:\n${stdout}\n${stderr}`, { cause: error });
    }
  }

  /** Removes the realm that a test which was cut off left on the server. */
  async #wipe(): Promise<void> {
    const { admin } = keycloakServer();
    const realm = `/realms/${this.name}`;
    if (await admin.get(realm, z.unknown())) await admin.delete(realm);
  }

  #declare(args: IdentityArgs): void {
    writeFileSync(join(this.#folder, "args.json"), JSON.stringify(args));
  }
}
