import { join } from "node:path";
import { Project, repository } from "../../support/project.ts";
import type { Contender } from "./contender.ts";
import { measure, type Cost } from "./measure.ts";
import { forgetStacks, resourcesOf } from "./project-state.ts";
import { writeTenants } from "./tenant-files.ts";

/** The command on the pinned Node, as `npx tenantry` starts it. */
export const tenantry: readonly string[] = [
  join(repository, "node_modules", ".bin", "node"),
  "--disable-warning=ExperimentalWarning",
  "cli/tenantry.mjs",
];

/** The command that people use, as they use it. */
export class Tenantry implements Contender {
  readonly name = "Tenantry";
  readonly prefix = "bench-t";
  readonly #project = new Project("bench-tenantry");
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  write(ids: readonly string[]): void {
    writeTenants(this.#project, ids);
  }

  up(): Promise<Cost> {
    return this.#run("up", "--all");
  }

  drift(): Promise<Cost> {
    return this.#run("drift", "--all");
  }

  resources(id: string): number {
    return resourcesOf(this.#project, `local.${id}`);
  }

  forget(): Promise<void> {
    forgetStacks(this.#project);
    return Promise.resolve();
  }

  #run(...args: readonly string[]): Promise<Cost> {
    return measure([...tenantry, ...args], {
      cwd: this.#project.root,
      env: process.env,
      signal: this.#signal,
    });
  }
}
