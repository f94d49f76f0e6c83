import type { Unit } from "../../discovery/find-units.ts";

interface Measured {
  readonly precision: number;
  readonly recall: number;
  /** What was found and isn't so, and what is so and wasn't found. */
  readonly wrong: readonly string[];
}

/** Compares units that were found, with their repositories, with those that there are. */
export function measured(
  units: readonly Pick<Unit, "id" | "repository">[],
  truth: ReadonlyMap<string, string>,
): Measured {
  const found = units.map(({ id, repository }) => `${id} in ${repository?.name ?? "no repository"}`);
  const wanted = [...truth].map(([id, repository]) => `${id} in ${repository}`);
  const right = found.filter((each) => wanted.includes(each));
  return {
    precision: right.length / found.length,
    recall: right.length / wanted.length,
    wrong: [
      ...found.filter((each) => !right.includes(each)).map((each) => `found: ${each}`),
      ...wanted.filter((each) => !right.includes(each)).map((each) => `missed: ${each}`),
    ],
  };
}
