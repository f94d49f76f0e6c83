import type { z } from "zod";
import { Failure } from "../report/failure.ts";

/** A process's environment, or one made up for a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whose variables they are, and what to set the named ones to. */
interface Reading {
  readonly system: string;
  readonly fix: (names: string) => string;
}

/**
 * Reads what lets us into a system from variables. Throws a {@link Failure} `credentials-missing` that names those that are
 * missing or of the wrong form, never what is in them.
 */
export function readVariables<T>(shape: z.ZodType<T>, environment: Environment, { system, fix }: Reading): T {
  const parsed = shape.safeParse(environment);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))].join(", ");
  throw new Failure("credentials-missing", `not set, or not usable: ${names}`, { system, fix: fix(names) });
}
