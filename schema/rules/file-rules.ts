import { z } from "zod";
import type { Finding } from "../explain-issue.ts";

const text = z.string().optional().catch(undefined);
/** The parts of a tenant that rules between values look at, as far as they could be understood. */
export const draft = z.object({ id: text });
export type Draft = z.output<typeof draft>;

/** The rules within one tenant. */
export function fileRules(_tenant: Draft): Finding[] {
  return [];
}
