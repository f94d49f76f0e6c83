import type { Finding } from "../finding.ts";
import { closest } from "../suggest.ts";
import type { Named } from "./duplicates.ts";

/** Finds each name that none of the tenant's teams, channels, templates has. `at`: where the name stands. */
export function references(
  what: "team" | "channel" | "template" | "environment" | "repository",
  allowed: readonly (string | undefined)[],
  named: readonly Named[],
  at: "key" | "value" = "value",
): Finding[] {
  const known = allowed.filter((each) => each !== undefined);
  return named.flatMap(({ value, path }): Finding[] => {
    if (value === undefined || known.includes(value)) return [];
    const suggestion = closest(value, known);
    const found = JSON.stringify(value);
    return [
      {
        code: `unknown-${what}`,
        message: `${found} is not one of this tenant's ${what === "repository" ? "repositories" : `${what}s`}`,
        path,
        at,
        found,
        allowed: known,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ];
  });
}
