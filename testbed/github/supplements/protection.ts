import { z } from "zod";
import { answerOf, asIs, sent, valueOf, withValue, type Supplement, type Workshop } from "../supplement.ts";

const protection = z.looseObject({ required_status_checks: z.looseObject({}).nullable() });
const wanted = z.object({
  required_status_checks: z.looseObject({ checks: z.unknown().optional() }).nullish(),
});

/** Protection of branches: which checks must pass, and who must sign. */
export const protections: readonly Supplement[] = [
  { method: "GET", path: /^\/repos\/[^/]+\/[^/]+\/branches\/[^/]+\/protection$/, answer: withChecks },
  {
    method: "PUT",
    path: /^\/repos\/[^/]+\/[^/]+\/branches\/[^/]+\/protection$/,
    answer(workshop) {
      const { required_status_checks: checks } = wanted.parse(sent(workshop));
      workshop.memory.set(workshop.call.path, { checks: checks?.checks ?? [] });
      return withChecks(workshop);
    },
  },
  {
    method: "GET",
    path: /\/protection\/required_signatures$/,
    answer: () => Promise.resolve(answerOf(200, { enabled: false })),
  },
  {
    method: "DELETE",
    path: /\/protection\/required_signatures$/,
    answer: () => Promise.resolve(answerOf(204)),
  },
];

/** The emulator knows checks by the older `contexts` only. */
async function withChecks(workshop: Workshop): Promise<ReturnType<typeof answerOf>> {
  const answer = await asIs(workshop);
  if (answer.status >= 300) return answer;
  const value = valueOf(answer, protection);
  const { checks = [] } = workshop.memory.get(workshop.call.path) ?? {};
  const required = value.required_status_checks && { ...value.required_status_checks, checks };
  return withValue(answer, { ...value, required_status_checks: required });
}
