/** Where a value stands: keys and list indexes from the top of the file. */
export type Path = readonly (string | number)[];

/** A place in a file. Lines and columns count from 1. */
export interface Position {
  /** Relative to the folder that holds `tenants/`, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a tenant file. It holds no text for people but its message, and never a secret. */
export interface Problem extends Position {
  /** Stable, kebab-case: `unknown-key`, `duplicate-domain`. */
  readonly code: string;
  /** The place inside the file as people write it: `users[2].role`. Empty for the file as a whole. */
  readonly path: string;
  /** The whole sentence, without position, alternatives and suggestion. */
  readonly message: string;
  /** What the file says, as it is written there. `(hidden)` where a secret could be. */
  readonly found?: string;
  /** The only values that are right, where they can be listed. */
  readonly allowed?: readonly string[];
  /** What was probably meant. */
  readonly suggestion?: string;
  /** The other place that has a part in it: the first of two that must differ. */
  readonly related?: Position;
}

/** Writes a path as people do: `users[2].role`. */
export function pathText(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
