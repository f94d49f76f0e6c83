import type { Path } from "./problem.ts";

/** What is wrong with a value, before it has a position. */
export interface Finding {
  readonly code: string;
  /** A sentence whose subject is the value at the path. */
  readonly message: string;
  readonly path: Path;
  /** What to point at: the value, its key, or, when it is missing, the map that lacks it. Default: the value. */
  readonly at?: "value" | "key" | "parent";
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
  /** The path of another value that has a part in it. */
  readonly relatedPath?: Path;
}
