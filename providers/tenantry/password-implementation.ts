import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Implementation } from "../implementation.ts";
import { generatePassword } from "./generate-password.ts";

const inputs = z.strictObject({
  length: z.int().min(12).max(128).default(24),
  rotation: z.string().optional(),
});
const outputs = inputs.extend({ password: z.string() });

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** A password that exists only in the state: made once, changed only by a new text in `rotation`. Removing it is none. */
export const implementation: Implementation<Inputs, Outputs> = {
  inputs,
  outputs,
  replaceOn: [],
  create: (news) =>
    Promise.resolve({ id: randomUUID(), outputs: { ...news, password: generatePassword(news.length) } }),
  read: (_id, state) => Promise.resolve(state),
  update: (_id, olds, news) =>
    Promise.resolve({
      ...news,
      password:
        news.rotation === undefined || news.rotation === olds.rotation
          ? olds.password
          : generatePassword(news.length),
    }),
  delete: () => Promise.resolve(),
};
