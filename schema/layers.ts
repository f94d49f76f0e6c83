import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { checkShape, fileProblems } from "./check-value.ts";
import { merge } from "./merge.ts";
import type { Problem } from "./problem.ts";
import { isYamlName } from "./find-tenant-files.ts";
import { fileLabel, readYaml } from "./read-yaml.ts";
import { draft } from "./rules/draft.ts";
import { fileRules } from "./rules/file-rules.ts";
import { closest } from "./suggest.ts";
import { layer, plans } from "./tenant.ts";
import type { YamlFile } from "./yaml-file.ts";

export type PlanName = (typeof plans)[number];

/** What a tenant file is laid over. */
export interface Layers {
  /** Most specific first: the plan's file, then `defaults.yaml`. */
  readonly files: readonly YamlFile[];
  /** All of them merged. */
  readonly value: unknown;
  /** What is wrong with these files, wherever they are used. */
  readonly problems: readonly Problem[];
  /** The plan's file that should be there and isn't. */
  readonly missing?: string;
}

/** Reads and checks `defaults.yaml` and the plans beside it, each once. */
export class LayerCatalog {
  readonly #dir: string;
  readonly #defaults: Layers;
  readonly #plans = new Map<PlanName, Layers>();

  constructor(dir: string) {
    this.#dir = dir;
    const { files, value, problems } = this.#lay("defaults.yaml", { files: [], value: {}, problems: [] });
    this.#defaults = { files, value, problems };
  }

  /** The layers under a tenant of this plan; only the defaults when there is no such plan. */
  of(plan: unknown): Layers {
    const name = plans.find((known) => known === plan);
    if (name === undefined) return this.#defaults;
    const known = this.#plans.get(name);
    if (known !== undefined) return known;
    const layers = this.#lay(join("plans", `${name}.yaml`), this.#defaults);
    this.#plans.set(name, layers);
    return layers;
  }

  /** Everything that is wrong with any of these files, used or not. */
  problems(): readonly Problem[] {
    const all = [this.#defaults, ...plans.map((plan) => this.of(plan))].flatMap(({ problems }) => problems);
    return [...new Set(all), ...this.#unknownPlans()];
  }

  #lay(name: string, below: Layers): Layers {
    const path = join(this.#dir, name);
    if (!existsSync(path)) return { ...below, missing: fileLabel(this.#dir, path) };
    const read = readYaml(this.#dir, path);
    if (!read.ok) return { ...below, problems: [...below.problems, ...read.problems] };
    const files = [read.file, ...below.files] as const;
    const value = merge(below.value, read.value);
    const { findings } = checkShape(layer, value, files);
    const sound = below.problems.length === 0;
    const problems = fileProblems(files, findings, fileRules(draft.parse(value)), sound);
    return { files, value, problems: [...below.problems, ...problems] };
  }

  /** A file that no plan reads would be obeyed by nobody. */
  #unknownPlans(): Problem[] {
    const folder = join(this.#dir, "plans");
    if (!existsSync(folder)) return [];
    const known = plans.map((plan) => `${plan}.yaml`);
    const unknown = readdirSync(folder).filter((name) => isYamlName(name) && !known.includes(name));
    return unknown.sort().map((name) => {
      const suggestion = closest(name, known);
      return {
        file: fileLabel(this.#dir, join(folder, name)),
        line: 1,
        column: 1,
        code: "unknown-plan-file",
        path: "",
        message: "belongs to no plan",
        found: name,
        allowed: known,
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    });
  }
}
