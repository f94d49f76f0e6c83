import type { Finding } from "../finding.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";

/** Waivers end. `today` in UTC, YYYY-MM-DD. */
export function waiverRules(
  { waivers = [] }: Draft,
  today: string = new Date().toISOString().slice(0, 10),
): Finding[] {
  const over = waivers.flatMap(({ until }, index): Finding[] => {
    if (until === undefined || until >= today) return [];
    const message = `this waiver was over on ${until}: remove it, or say until when it goes on`;
    return [
      { code: "waiver-over", message, path: ["waivers", index, "until"], found: JSON.stringify(until) },
    ];
  });
  const named = waivers.map(({ policy, resource }, index) => ({
    value: policy && (resource === undefined ? policy : `${policy} of ${resource}`),
    path: ["waivers", index, "policy"],
  }));
  return [...over, ...duplicates("waiver", named)];
}
