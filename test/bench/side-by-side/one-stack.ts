import { Project } from "../../support/project.ts";
import type { Contender } from "./contender.ts";
import { measure, type Cost } from "./measure.ts";
import { forgetStacks, resourcesOf } from "./project-state.ts";
import { writeTenants } from "./tenant-files.ts";

const stack = "local.everyone";

/** All tenants of the project in one stack, made of the same components. */
const program = `import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Tenant } from "../components/tenant.ts";
import { serverLocale } from "../providers/postgresql/locale.ts";
import { loadTenant } from "../schema/load-tenant.ts";
import { loadEnvironment } from "./environment.ts";
import { tenantArgs } from "./tenant-args.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

export default async function program() {
  const environment = loadEnvironment(root, "local");
  const locale = environment.postgres.locale ?? (await serverLocale(process.env));
  for (const file of readdirSync(root + "tenants").filter((name) => name.startsWith("bench-"))) {
    const id = file.replace(".yaml", "");
    const { loaded } = loadTenant(root + "tenants", id);
    new Tenant(id, tenantArgs(loaded.tenant, { environment, there: new Set(), root, locale }));
  }
}
`;

/** One Pulumi stack for everything, run by `pulumi` itself. */
export class OneStack implements Contender {
  readonly name = "one Pulumi stack";
  readonly prefix = "bench-p";
  readonly #project = new Project("bench-one-stack");
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async prepare(): Promise<void> {
    this.#project.write("stacks/index.ts", program);
    await this.#run("stack", "init");
  }

  write(ids: readonly string[]): void {
    writeTenants(this.#project, ids);
  }

  up(): Promise<Cost> {
    return this.#run("up", "--yes", "--skip-preview");
  }

  drift(): Promise<Cost> {
    return this.#run("preview", "--refresh", "--expect-no-changes");
  }

  resources(): number {
    return resourcesOf(this.#project, stack);
  }

  async forget(): Promise<void> {
    forgetStacks(this.#project);
    await this.#run("stack", "init");
  }

  #run(...args: readonly string[]): Promise<Cost> {
    return measure(["pulumi", ...args, "--stack", stack, "--non-interactive"], {
      cwd: this.#project.root,
      env: this.#project.environment,
      signal: this.#signal,
    });
  }
}
