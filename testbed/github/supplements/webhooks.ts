import { z } from "zod";
import { asIs, sent, valueOf, withValue, type Supplement, type Workshop } from "../supplement.ts";

const hook = z.looseObject({ id: z.int(), config: z.looseObject({}) });
const configured = z.object({ config: z.object({ secret: z.string().optional() }).optional() });

/** GitHub says that a webhook has a secret; the emulator doesn't. */
export const webhooks: readonly Supplement[] = [
  { method: "POST", path: /^(?<hooks>\/repos\/[^/]+\/[^/]+\/hooks)$/, answer: withSecret },
  ...["GET", "PATCH"].map((method): Supplement => ({
    method,
    path: /^(?<hooks>\/repos\/[^/]+\/[^/]+\/hooks)\/\d+$/,
    answer: withSecret,
  })),
];

async function withSecret(workshop: Workshop): ReturnType<Supplement["answer"]> {
  const { call, memory, parts } = workshop;
  const answer = await asIs(workshop);
  if (answer.status >= 300) return answer;
  const value = valueOf(answer, hook);
  const path = `${parts["hooks"] ?? ""}/${value.id}`;
  const { secret } = configured.parse(call.method === "GET" ? {} : sent(workshop)).config ?? {};
  if (secret !== undefined) memory.set(path, { secret: "********" });
  return withValue(answer, { ...value, config: { ...value.config, ...memory.get(path) } });
}
